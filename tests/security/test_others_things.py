"""Can a number or a key that is somebody else's be used? IDOR: nothing of another person opens, changes or ends."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from civic.clocks.now import database_now
from civic.faults.actions import report_fault
from civic.feed.numbering import number_items
from civic.ledger.models import Entry
from civic.notifications.actions import notify
from civic.notifications.models import Notice
from civic.people.actions import issue_token
from civic.people.models import ApiToken, RoleGrant
from civic.proposals.actions import support_proposal
from civic.proposals.models import Support
from tests.civic.feed.writing import write
from tests.making import (
    GURO4,
    NOON,
    make_fault,
    make_lamp,
    make_official,
    make_person,
    make_proposal,
    make_reviewed,
)
from tests.pilots import make_pilot
from tests.signing import signed_in
from tests.voting import make_open, make_round, vote

pytestmark = pytest.mark.django_db


def key_for(person) -> dict[str, str]:
    return {"authorization": f"Bearer {issue_token(by=person, person=person, label='test', at=NOON)}"}


def post(path, person, body=None, **headers):
    return Client().post(
        f"/api/v1/{path}",
        json.dumps(body or {}),
        content_type="application/json",
        headers=key_for(person) | headers,
    )


def test_key_of_somebody_else_is_neither_shown_nor_revoked():
    owner, thief = make_person(), signed_in(make_person())
    issue_token(by=owner, person=owner, label="달력과 시계", at=NOON)
    token = ApiToken.objects.get(person=owner)
    assert "달력과 시계" not in thief.get("/me/tokens/").content.decode()
    assert thief.post(f"/me/tokens/{token.pk}/revoke/").status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None


def test_notice_of_somebody_else_is_neither_opened_nor_read():
    owner, thief = make_person(), signed_in(make_person())
    due = {"due_at": "2026-10-01T15:00:00+00:00"}
    notify(person=owner, fact="ProposalReachedThreshold", key="proposal:P-2026-000001", data=due, seq=1, at=NOON)
    notice = Notice.objects.get(person=owner)
    assert thief.get(f"/me/notices/{notice.pk}/").status_code == 404
    thief.post("/me/notices/read/")
    notice.refresh_from_db()
    assert notice.read_at is None


def test_voice_of_somebody_else_is_not_taken_back():
    proposal, owner = make_proposal(at=database_now() - timedelta(days=1)), make_person()
    support_proposal(by=owner, proposal=proposal, at=database_now())
    assert post(f"proposals/{proposal.code}/withdraw-support", make_person()).status_code == 409
    assert Support.objects.filter(proposal=proposal, person=owner).exists()


@pytest.mark.parametrize("guess", ["1", "2", "F-2026-000001", "0" * 32, "%", "..%2F..", "' OR 1=1 --"])
def test_own_page_of_a_report_opens_by_its_key_alone(guess):
    lamp = make_lamp()
    fault, key = report_fault(device=lamp, category="dark", text="세 걸음 앞이 안 보입니다.", at=NOON)
    assert Client().get(f"/faults/mine/{key}/").status_code == 200
    assert Client().get(f"/faults/mine/{guess}/").status_code == 404
    told = Client().get(f"/api/v1/faults/{fault.code}").content.decode()
    assert key not in told
    assert "세 걸음" not in told


def test_ballot_and_drawer_of_somebody_else_stay_shut():
    round = make_open(opens_at=database_now() - timedelta(hours=1), closes_at=database_now() + timedelta(days=1))
    owner = vote(round, 2, at=database_now())
    page = signed_in(make_person()).get(f"/votes/{round.slug}/")
    assert page.context["own"] is None
    assert signed_in(owner).get(f"/votes/{round.slug}/").context["own"] is not None


def test_draft_of_a_vote_is_not_there_for_residents():
    round, person = make_round(), signed_in(make_person())
    for client in (Client(), person):
        assert client.get(f"/votes/{round.slug}/").status_code == 404
        assert client.get(f"/api/v1/rounds/{round.slug}").status_code == 404


def test_answer_kept_under_a_repeatable_key_is_its_owners():
    person, thief = make_person(), make_person()
    body = {"device": make_lamp().tag, "category": "dark"}
    first = post("faults", person, body, **{"Idempotency-Key": "the-same"}).json()
    again = post("faults", thief, body, **{"Idempotency-Key": "the-same"}).json()
    assert first["key"] != again["key"]
    assert post("faults", person, body, **{"Idempotency-Key": "the-same"}).json()["key"] == first["key"]


@pytest.mark.parametrize("role", ["official", "moderator", "admin"])
def test_office_of_another_district_can_do_nothing_here(pages, role):
    stranger = make_official("11530", role=role)
    proposal, fault, pilot = make_reviewed(at=database_now() - timedelta(days=3)), make_fault(), make_pilot()
    grant = RoleGrant.objects.get(person=make_official())
    before = Entry.objects.count()
    answer = {"decision": "adopted", "reason": "남의 구에서 하는 말이 아닙니다.", "planned": "내일"}
    answer |= {"remark": "다 봤습니다.", "name_ko": "가로수팀", "name_en": "Trees", "phone": "02-0000-0000"}
    assert post(f"proposals/{proposal.code}/answer", stranger, answer).status_code == 403
    assert post(f"faults/{fault.code}/take", stranger).status_code == 403
    assert post(f"faults/{fault.code}/repair", stranger, {"result": "고쳤습니다."}).status_code == 403
    desk, left = signed_in(stranger), Entry.objects.count()
    for path in (
        f"/proposals/{proposal.code}/answer/",
        f"/faults/{fault.code}/acts/take/",
        f"/desk/proposals/answer/{proposal.pk}/",
        f"/desk/faults/{fault.code}/take/",
        f"/desk/pilots/advance/{pilot.pk}/",
        f"/desk/pilots/lamps/{pilot.pk}/",
        "/desk/departments/11200.life.env.green/",
        "/desk/departments/11200.life.env.green/close/",
        "/desk/departments/11200.life.env.green/categories/",
        f"/desk/roles/{grant.pk}/revoke/",
        "/desk/looks/11200/2026-2/",
    ):
        assert desk.post(path, answer).status_code in (302, 403, 404), path
    assert Entry.objects.count() == left
    assert left - before <= 3  # the three keys the stranger made for himself


def test_what_is_for_one_person_reaches_no_other_feed():
    """A support is told to everybody, without a name; what is for one account, to that account alone."""
    owner, thief, now = make_person(), make_person(), database_now()
    proposal = make_proposal(at=now)
    number_items()
    place = Client().get("/live/snapshot").json()
    assert post(f"proposals/{proposal.code}/support", owner).status_code == 200
    write("people:mine", audience="self", recipient=str(owner.pk))
    number_items()
    path = f"/live/entries?epoch={place['epoch']}&after={place['cursor']}"
    own, told, anybodys = (client.get(path).json() for client in (signed_in(owner), signed_in(thief), Client()))
    assert {item["key"] for item in own["items"]} == {proposal.key, "people:mine"}
    for others in (told, anybodys):
        assert {item["key"] for item in others["items"]} == {proposal.key}
        assert str(owner.pk) not in json.dumps(others)


def test_lamp_of_another_district_stays_out_of_a_report_here():
    foreign = make_lamp(district="11530", dong=GURO4)
    official = make_official("11200")
    fault, _key = report_fault(device=foreign, category="dark", at=NOON)
    assert post(f"faults/{fault.code}/take", official).status_code == 403
