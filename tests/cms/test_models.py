"""The front door as visitors and editors meet it."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from civic.pilots.actions import measure_repairs
from cms.models import HomePage, TextPage
from tests.answers import text
from tests.counting import cost
from tests.making import add_supports, make_adopted, make_proposal, make_reviewed
from tests.pilots import START, make_measured, make_repaired

pytestmark = pytest.mark.django_db


def queries(path):
    client = Client()
    return cost(lambda: text(client.get(path)))


def test_home_each_language_has_its_words_at_its_address(pages):
    korean, english = text(Client().get("/")), text(Client().get("/en/"))
    assert "서른 명이 켜면,<br>구청이 답합니다" in korean
    assert '<html lang="ko">' in korean
    assert "Thirty light up,<br>the district answers" in english
    assert '<html lang="en">' in english


def test_home_empty_records_still_say_what_to_do(pages):
    page = text(Client().get("/en/"))
    assert "No proposal collects support at the moment." in page
    assert "Nothing waits for an answer, and nothing has been answered yet." in page


def test_home_shows_counts_and_sections_from_the_records(pages, now):
    nearly = add_supports(make_proposal(at=now, title="계단 아래에서 알 수 있게"), 3, at=now)
    make_proposal(at=now, title="비상벨이 어디 있는지 보이게")
    make_reviewed(at=now - timedelta(days=40), title="시장 골목 냄새를 숫자로")
    make_adopted(at=now - timedelta(days=20))
    page = text(Client().get("/en/"))
    assert [int(n) for n in re.findall(r"<dd>(\d+) proposals?</dd>", page)] == [2, 1]
    assert "<dd>10.0 days</dd>" in page
    lead = page.split('class="home-lead"')[1]
    assert lead.startswith(f' data-live-key="{nearly.key}"')
    assert "past the due date" in page.split('id="turn"')[1]


@pytest.mark.parametrize("path", ["", "proposals/", "overdue/", "pilots/", "votes/", "policy/", "live/", "faults/"])
def test_home_and_every_list_say_the_same_of_answers(pages, now, path):
    for days in (40, 4):
        make_reviewed(at=now - timedelta(days=days))
    assert re.search(r">1 late<", text(Client().get(f"/en/{path}")))


def test_home_one_proposal_or_thirty_costs_the_same_queries(pages, now):
    make_proposal(at=now)
    one = {path: queries(path) for path in ("/", "/en/")}
    for _n in range(29):
        make_proposal(at=now)
    assert {path: queries(path) for path in ("/", "/en/")} == one
    assert max(one.values()) <= 11


def test_home_carries_the_feeds_place_from_before_its_queries(pages):
    assert re.search(r'<meta name="livinglab-feed" content="[^":]+:\d+">', text(Client().get("/")))


def test_text_page_lead_is_words_not_markup(pages):
    page = TextPage.objects.get(slug="privacy", locale__language_code="ko")
    page.lead = "<b>굵게</b>"
    page.save_revision().publish()
    assert "&lt;b&gt;굵게&lt;/b&gt;" in text(Client().get("/privacy/"))


def test_home_page_headline_cannot_carry_markup(pages):
    home = HomePage.objects.get(locale__language_code="ko")
    home.headline = "<script>alert(1)</script>"
    home.save_revision().publish()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text(Client().get("/"))


def test_home_shows_the_pilot_whose_repairs_are_measured(pages):
    pilot, lamp = make_measured(slug="a")
    make_repaired(lamp, START + timedelta(days=3), 61)
    measure_repairs(pilot=pilot, at=START + timedelta(days=45))
    page = text(Client().get("/en/"))
    assert 'href="/en/pilots/a/"' in page
    assert pilot.title in page
    assert queries("/en/") <= 16
