"""Can a field that no form has be written all the same? What is not asked for is left where it came from."""

import json

import pytest
from django.test import Client

from civic.clocks.now import database_now
from civic.faults.models import Fault
from civic.people.actions import give_consents, issue_token
from civic.people.levels import CONFIRMED
from civic.people.models import ApiToken, Person, RoleGrant, Tie
from civic.people.queries import documents_in_force
from civic.proposals.models import Proposal
from civic.threads.models import Post
from civic.voting.models import OpenBallot
from tests.mailed import CODE, code_in, mail_to, sign_up
from tests.making import DOSEON, NOON, make_lamp, make_official, make_person, make_proposal
from tests.signing import signed_in
from tests.voting import WEEK, ids, make_open

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "꺼진 보안등, 먼저 알려 주세요",
    "problem": "등 하나만 나가도 서른 걸음이 통째로 깜깜해집니다.",
    "proposal": "등이 스스로 고장을 알리게 해 주세요.",
    "category": "safety",
    "dong": DOSEON,
}
OF_PROPOSALS = {
    "state": "adopted",
    "supports": 999,
    "code": "P-1999-000001",
    "id": 1,
    "pk": 1,
    "author": 1,
    "author_id": 1,
    "district": "11530",
    "needed": 1,
    "policy": 1,
    "published_at": "1999-01-01T00:00:00Z",
    "closes_at": "2999-01-01T00:00:00Z",
    "thread": 1,
    "hidden": True,
}
OF_PEOPLE = {
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "on",
    "role": "admin",
    "roles": "admin",
    "groups": "1",
    "user_permissions": "1",
    "id": "1",
    "pk": "1",
    "level": "3",
    "verified": "on",
    "person_key": "x",
}


def test_proposal_keeps_its_author_its_state_and_its_clock():
    person = make_person()
    form = signed_in(person).post("/proposals/new/", WORDS | OF_PROPOSALS)
    program = post("proposals", person, WORDS | OF_PROPOSALS | {"author": str(make_person().pk)})
    assert (form.status_code, program.status_code) == (302, 201)
    for proposal in Proposal.objects.all():
        assert (proposal.author, proposal.state, proposal.supports) == (person, "open", 0)
        assert (proposal.district_id, proposal.policy.support_needed) == ("11200", 30)
        assert proposal.published_at.year >= 2026
        assert proposal.closes_at.year < 2999
    assert Proposal.objects.count() == 2


def test_new_account_is_a_residents_and_confirmed_by_its_code_alone(settings):
    settings.EMAIL_BACKEND = "civic.outbox.backend.OutboxEmailBackend"
    client = Client()
    sign_up(client, **OF_PEOPLE)
    person = Person.objects.get(email="lamp@example.org")
    assert client.get("/me/").status_code == 302
    client.post(CODE, {"code": code_in(mail_to("lamp@example.org")), **OF_PEOPLE})
    person.refresh_from_db()
    assert (person.is_staff, person.is_superuser, str(person.pk) == "1") == (False, False, False)
    assert not RoleGrant.objects.filter(person=person).exists()
    assert not person.groups.exists()


def test_details_that_are_put_right_are_nickname_and_dong_alone():
    person = make_person(level=CONFIRMED)
    before = {name: getattr(person, name) for name in ("email", "password", "level", "is_staff", "is_superuser")}
    more = {"email": "other@example.org", "password": "x", "date_joined": "1999-01-01", "confirmed_at": "1999-01-01"}
    form = {"nickname": "새로운등불", "dong": "", **OF_PEOPLE, **more}
    assert signed_in(person).post("/me/details/", form).status_code == 302
    person.refresh_from_db()
    assert person.nickname == "새로운등불"
    assert {name: getattr(person, name) for name in before} == before
    assert not RoleGrant.objects.filter(person=person).exists()


def test_tie_that_one_says_of_oneself_is_not_confirmed_by_saying_so():
    person = make_person(level=CONFIRMED)
    give_consents(person=person, documents=documents_in_force(), network="192.0.2.1", at=database_now())
    said = {"kind": "lives", "tie_dong": DOSEON}
    more = {"confirmed": "on", "confirmed_at": "2026-01-01T00:00", "method": "office", "person": str(make_person().pk)}
    assert signed_in(person).post("/me/verification/ties/", said | more | OF_PEOPLE).status_code == 302
    [tie] = Tie.objects.all()
    assert (tie.person, tie.confirmed_at, tie.method) == (person, None, "")
    person.refresh_from_db()
    assert person.level == CONFIRMED


def test_post_is_spoken_in_the_role_one_holds():
    person, proposal = make_person(), make_proposal(at=database_now())
    said = {"stance": "for", "text": "밝으면 좋겠습니다.", "role": "official", "author": "1", "office": "도로시설과"}
    assert post(f"proposals/{proposal.code}/posts", person, said).status_code == 201
    assert signed_in(person).post(f"/proposals/{proposal.code}/posts/new/", said).status_code == 302
    assert {(row.author, row.role) for row in Post.objects.all()} == {(person, "resident")}


def test_report_is_received_whatever_it_says_of_its_end():
    ended = {
        "state": "resolved",
        "source": "sensor",
        "repaired_at": "2026-01-01T00:00:00Z",
        "result": "끝",
        "reports": 99,
    }
    body = {"device": make_lamp().tag, "category": "dark"} | ended
    assert post("faults", make_person(), body).status_code == 201
    assert Client().post(f"/l/{make_lamp().tag}/", {"category": "dark", **ended}).status_code == 302
    told = {(fault.state, fault.source, fault.reports, fault.result) for fault in Fault.objects.all()}
    assert told == {("suspected", "resident", 1, "")}


def test_ballot_counts_for_whoever_sends_it_and_once():
    now = database_now()
    round, person, other = make_open(opens_at=now, closes_at=now + WEEK, at=now), make_person(), make_person()
    more = {"person": str(other.pk), "by": str(other.pk), "weight": 9, "round": 1, "tracker": "AAAA"}
    answer = post(f"rounds/{round.slug}/ballot", person, {"choices": ids(round, 1), **more})
    assert answer.status_code == 200
    [ballot] = OpenBallot.objects.all()
    assert ballot.participation.person == person
    assert ballot.tracker != "AAAA"


def test_key_for_a_program_is_ones_own():
    person, other = make_person(), make_official()
    signed_in(person).post("/me/tokens/", {"label": "달력", "person": str(other.pk), "person_id": str(other.pk)})
    assert [token.person for token in ApiToken.objects.all()] == [person]


def post(path, person, body):
    key = issue_token(by=person, person=person, label="test", at=NOON)
    return Client().post(
        f"/api/v1/{path}",
        json.dumps(body),
        content_type="application/json",
        headers={"authorization": f"Bearer {key}"},
    )
