"""Where a district asks for more than a confirmed address: is it said before anything is typed, and what leads on?"""

import json

import pytest
from django.test import Client

from civic.clocks.now import database_now
from civic.people.actions import issue_token
from civic.policies.models import ParticipationPolicy
from civic.proposals.actions import discuss_proposal
from civic.proposals.models import Proposal, Support
from tests.level_examples import make_unchecked
from tests.making import DOSEON, make_person, make_proposal

pytestmark = pytest.mark.django_db
CHECK = 'href="/en/me/verification/"'
NEEDED = "the district must have checked who you are"
WORDS = {
    "title": "꺼진 보안등, 먼저 알려 주세요",
    "problem": "등 하나만 나가도 서른 걸음이 통째로 깜깜해집니다.",
    "proposal": "등이 스스로 고장을 알리게 해 주세요.",
    "effect": "",
    "category": "safety",
    "dong": DOSEON,
}


@pytest.fixture(autouse=True)
def _strict():
    """Seongdong and Guro ask for a check in everything."""
    ParticipationPolicy.objects.update(support_level=2, post_level=2, propose_level=2)


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def program(path, body, person):
    key = issue_token(by=person, person=person, label="test", at=database_now())
    headers = {"authorization": f"Bearer {key}"}
    return Client().post(f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers=headers)


def test_support_says_what_is_missing_beside_its_button_and_refuses_the_form_and_the_program(now):
    proposal, person = make_proposal(at=now), make_unchecked()
    visitor = browser(person)
    page = visitor.get(f"/en/proposals/{proposal.code}/").content.decode()
    assert NEEDED in page
    assert CHECK in page
    assert visitor.post(f"/en/proposals/{proposal.code}/support/").status_code == 403
    answer = program(f"proposals/{proposal.code}/support", {}, person)
    assert (answer.status_code, answer.json()["code"]) == (403, "level_too_low")
    assert Support.objects.count() == 0
    assert browser(make_person()).post(f"/en/proposals/{proposal.code}/support/").status_code == 302


def test_proposal_is_refused_with_its_words_kept_and_the_way_on_told_before(now):
    person = make_unchecked()
    visitor = browser(person)
    page = visitor.get("/en/proposals/new/").content.decode()
    assert NEEDED in page
    assert CHECK in page
    answer = visitor.post("/en/proposals/new/", WORDS)
    assert answer.status_code == 403
    assert WORDS["problem"] in answer.content.decode()
    assert program("proposals", WORDS | {"tags": []}, person).json()["code"] == "level_too_low"
    assert Proposal.objects.count() == 0


def test_discussion_leads_to_the_check_instead_of_a_form(now):
    proposal = make_proposal(at=now)
    page = browser(make_unchecked()).get(f"/en/proposals/{proposal.code}/posts/new/").content.decode()
    assert NEEDED in page
    assert CHECK in page
    assert "<textarea" not in page


def test_proposal_keeps_the_level_of_the_day_it_was_published(now):
    proposal = make_proposal(at=now)
    ParticipationPolicy.objects.create(
        district_id="11200", valid_from=now, support_level=1, post_level=1, propose_level=1
    )
    answer = browser(make_unchecked()).post(f"/en/proposals/{proposal.code}/support/")
    assert answer.status_code == 403


def test_beside_a_name_stands_the_level_and_neither_how_nor_when(now):
    author = make_person(level=3)
    proposal = make_proposal(author, at=now)
    discuss_proposal(by=make_person(level=2), proposal=proposal, stance="for", text="저도 이 길이 무섭습니다.", at=now)
    page = Client().get(f"/en/proposals/{proposal.code}/").content.decode()
    assert page.count('class="checked"') == 2
    assert "Verified resident" in page
    assert "Checked resident" in page
    assert not any(word in page for word in ("At the counter", "By a mailed code", "By an identity provider"))
