"""Does anything that somebody wrote run on a page? A corpus through every field that holds words, on every page."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from civic.clocks.now import database_now
from civic.faults import actions as faults
from civic.outbox.models import Message
from civic.people.actions import grant_role, issue_token
from civic.pilots.actions import decide_pilot
from civic.proposals.actions import adopt_proposal, discuss_proposal
from civic.refusals import Refused
from civic.voting.drafts import option
from cms.models import TextPage
from tests.making import NOON, make_lamp, make_official, make_person, make_proposal, make_reviewed
from tests.pilots import END, make_judging
from tests.security.corpus import ATTACKS, acting
from tests.signing import signed_in
from tests.voting import WEEK, make_open

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
ALL = "가로등 아래에서. " + " ".join(ATTACKS)  # one text with everything, where a thing is dear to make


def page(path, client=None):
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def hold(path, client=None):
    assert acting(page(path, client)) == [], path


@pytest.mark.parametrize("attack", ATTACKS)
def test_proposal_with_it_in_every_field_acts_on_no_page(attack, pages):
    now, words = database_now(), f"등 하나만 나가도 서른 걸음이 통째로 깜깜해집니다. {attack} 등이 꺼졌습니다."
    try:
        proposal = make_proposal(
            title=f"등불 {attack}"[:100],
            problem=words,
            solution=words,
            expected_effect=words,
            tags=(attack[:18],),
            at=now,
        )
    except Refused:
        proposal = make_proposal(problem=words, solution=words, expected_effect=words, at=now)
    for stance in ("for", "question"):
        discuss_proposal(by=make_person(), proposal=proposal, stance=stance, text=words, at=now)
    hold(f"/proposals/{proposal.code}/")
    hold("/proposals/")
    hold(f"/proposals/{proposal.code}/posts/")
    hold(f"/proposals/{proposal.code}/", signed_in(proposal.author))
    told = Client().get(f"/api/v1/proposals/{proposal.code}")
    assert told["Content-Type"].startswith("application/json")


def test_words_of_the_office_act_on_no_page(pages):
    now = database_now()
    official = make_official()
    proposal = make_reviewed(at=now - timedelta(days=2))
    adopt_proposal(by=official, proposal=proposal, reason=ALL, headline=ATTACKS[0], planned=ATTACKS[4], at=now)
    pilot = decide_pilot(by=official, pilot=make_judging(official), verdict="improving", reason=ALL, at=END)
    for path in (f"/proposals/{proposal.code}/", f"/pilots/{pilot.slug}/", "/pilots/", "/overdue/", "/"):
        hold(path)
        hold(path, signed_in(official))


def test_words_about_a_fault_act_on_no_page(pages):
    now, official, lamp = database_now() - timedelta(hours=3), make_official(), make_lamp("<b>03</b>-03-18")
    said = ALL[:990]
    fault, key = faults.report_fault(device=lamp, category="dark", text=said, at=now)
    faults.take_fault(by=official, fault=fault, note=said, at=now)
    faults.repair_fault(by=official, fault=fault, result=said, at=now + timedelta(hours=1))
    for path in (
        f"/faults/{fault.code}/",
        f"/faults/mine/{key}/",
        "/faults/",
        f"/devices/{lamp.tag}/",
        f"/l/{lamp.tag}/",
    ):
        hold(path)
    assert "<script>alert" not in page(f"/desk/faults/{fault.code}/", signed_in(official))
    for message in Message.objects.all():
        assert not message.html


def test_words_of_a_vote_act_on_no_page():
    now = database_now()
    options = tuple(option(title=f"{n} {attack}"[:80], text=attack) for n, attack in enumerate(ATTACKS[:20]))
    round = make_open(options=options, title=f"몇 초 {ATTACKS[0]}", opens_at=now, closes_at=now + WEEK, at=now)
    for path in (f"/votes/{round.slug}/", "/votes/"):
        hold(path)
        hold(path, signed_in(make_person()))


def test_office_telephone_and_label_act_on_no_page(pages):
    person = make_person()
    more = {"office": "<script>alert(1)</script>과", "phone": "<svg/onload=x>"}
    grant_role(by=None, person=person, role="official", name="김도로", scope="district:11200", **more, at=NOON)
    client = signed_in(person)
    issue_token(by=person, person=person, label="<svg/onload=alert(1)>", at=NOON)
    hold("/me/", client)
    hold("/me/tokens/", client)
    proposal = make_proposal(at=database_now())
    discuss_proposal(by=person, proposal=proposal, stance="", text="확인하겠습니다.", at=database_now())
    hold(f"/proposals/{proposal.code}/")


@pytest.mark.parametrize("attack", ATTACKS)
def test_words_asked_for_in_an_address_act_on_no_page(attack):
    for path, name in (
        ("/proposals/", "q"),
        ("/proposals/", "tag"),
        ("/faults/", "q"),
        ("/l/", "plate"),
        ("/demo/mail/", "to"),
    ):
        assert acting(Client().get(path, {name: attack}).content.decode()) == [], (path, name)
    form = {"title": attack, "problem": attack, "proposal": attack, "effect": attack, "tags": attack, "dong": attack}
    client = signed_in(make_person())
    for more in ({}, {"preview": "1"}, {"edit": "1"}):
        assert acting(client.post("/proposals/new/", form | more).content.decode()) == []
    assert acting(Client().post("/accounts/login/", {"login": attack, "password": "x"}).content.decode()) == []
    assert acting(Client().get("/accounts/login/", {"next": attack}).content.decode()) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_words_of_an_editor_act_on_no_page(admin, attack):
    text = TextPage.objects.get(slug="privacy", locale__language_code="ko")
    written = draft(attack)
    comments = {f"comments-{part}": "0" for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    words = {"title": text.title, "slug": text.slug, "lead": attack[:300], "body": written, "action-publish": "x"}
    admin.post(f"/desk/pages/{text.pk}/edit/", words | comments)
    hold("/privacy/")


def draft(words: str) -> str:
    """What Wagtail's editor sends: the words as a block, and once more as a link's address."""
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": words}}
    block = {"type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    blocks = [
        block | {"key": "a", "text": words, "entityRanges": []},
        block | {"key": "b", "text": "눌러", "entityRanges": [{"offset": 0, "length": 2, "key": 0}]},
    ]
    return json.dumps({"blocks": blocks, "entityMap": {"0": link}})
