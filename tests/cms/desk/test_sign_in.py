"""The way to the desk: one door for all, open to the staff."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_desk_stranger_is_sent_to_the_sign_in_page_and_back(pages):
    answer = Client().get("/desk/proposals/", follow=True)
    assert answer.redirect_chain[-1] == ("/accounts/login/?next=%2Fdesk%2Fproposals%2F", 302)


def test_desk_login_foreign_address_leads_to_the_desk(pages):
    answer = Client().get("/desk/login/?next=//evil.example/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=%2Fdesk%2F")


def test_desk_resident_is_told_why_not(resident):
    answer = resident.get("/desk/", follow=True)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "책상은 담당자만 들어갑니다" in page or "The desk is for the staff" in page
    assert "permission to access" not in page


def test_desk_login_signed_in_official_goes_straight_on(official):
    answer = official.get("/desk/login/?next=/desk/proposals/")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/proposals/")


@pytest.mark.parametrize("way", ["get", "post"])
def test_desk_login_shows_no_form_of_wagtails(way, pages):
    assert getattr(Client(), way)("/desk/login/").status_code == 302
