"""Whose session is it? A key from before the sign-in is worth nothing after it, and what was ended stays ended."""

import pytest
from django.conf import settings
from django.test import Client

from civic.clocks.now import database_now
from civic.people.actions import change_password, issue_token
from tests.mailed import LOGIN, PASSWORD, signed_in_as
from tests.making import NOON, make_person, make_proposal

pytestmark = pytest.mark.django_db
COOKIE = settings.SESSION_COOKIE_NAME


def test_key_planted_before_the_sign_in_opens_nothing_after_it():
    person, victim, attacker = make_person(password=PASSWORD), Client(), Client()
    attacker.get("/accounts/login/code/")
    attacker.session["x"] = 1
    session = attacker.session
    session["planted"] = True
    session.save()
    victim.cookies[COOKIE] = session.session_key
    victim.post(LOGIN, {"login": person.email, "password": PASSWORD})
    assert signed_in_as(victim) == str(person.pk)
    assert victim.cookies[COOKIE].value != session.session_key
    stolen = Client()
    stolen.cookies[COOKIE] = session.session_key
    assert stolen.get("/me/").status_code == 302


def test_key_that_nobody_gave_is_not_taken_up():
    person, client = make_person(password=PASSWORD), Client()
    client.cookies[COOKIE] = "chosen-by-an-attacker-0123456789"
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    assert client.cookies[COOKIE].value != "chosen-by-an-attacker-0123456789"
    assert signed_in_as(client) == str(person.pk)


def test_token_of_forms_changes_with_the_sign_in():
    person, client = make_person(password=PASSWORD), Client()
    client.get(LOGIN)
    before = client.cookies["csrftoken"].value
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    assert client.cookies["csrftoken"].value != before


def test_session_that_was_signed_out_is_gone_for_whoever_kept_its_key():
    person, client, kept = make_person(), Client(), Client()
    client.force_login(person)
    kept.cookies[COOKIE] = client.cookies[COOKIE].value
    client.post("/accounts/logout/")
    assert kept.get("/me/").status_code == 302


def test_new_password_ends_every_session_and_every_key_for_programs():
    person, elsewhere, proposal = make_person(password=PASSWORD), Client(), make_proposal()
    elsewhere.force_login(person)
    key = issue_token(by=person, person=person, label="test", at=NOON)
    change_password(person=person, password="bamgil-deungbul-9", at=database_now())
    assert elsewhere.get("/me/").status_code == 302
    answer = Client().post(f"/api/v1/proposals/{proposal.code}/support", headers={"authorization": f"Bearer {key}"})
    assert answer.status_code == 401


def test_session_of_a_closed_account_opens_nothing():
    person, client = make_person(), Client()
    client.force_login(person)
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/me/").status_code == 302
