"""Do an official's words always stand beside department, name and office telephone? (민원 처리법 시행령 article 31)"""

from datetime import timedelta

import pytest
from django.test import Client

from civic.clocks.now import database_now
from civic.faults.actions import repair_fault, take_fault, transfer_fault
from civic.people.actions import Subject, correct_person, grant_role, note_looks, revoke_role
from civic.people.models import AccessLook, Department, Person, RoleGrant, Seen
from civic.pilots.actions import decide_pilot
from civic.privacy.actions import erase_person
from civic.privacy.choice import Texts
from civic.proposals.actions import adopt_proposal, discuss_proposal, transfer_proposal
from tests.making import make_fault, make_official, make_person, make_proposal, make_repaired, make_reviewed
from tests.pilots import REASON, make_judging

pytestmark = pytest.mark.django_db
LIGHTS = "11200.safety.roads.lights"


@pytest.fixture
def official() -> Person:
    """Of one team, which is shown with the team's name and telephone."""
    person = make_person("등불지기")
    now = database_now() - timedelta(days=9)
    grant_role(by=None, person=person, role="official", name="김도로", scope=f"department:{LIGHTS}", at=now)
    return person


def shown(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def signs(page: str) -> list[str]:
    return [words for words in ("도로시설과 도로조명팀", "김도로", 'href="tel:02-0000-0121"') if words not in page]


def test_ac_1_8_answer_names_office_official_and_telephone(official: Person) -> None:
    now = database_now() - timedelta(minutes=5)
    proposal = make_reviewed(at=now)
    adopt_proposal(by=official, proposal=proposal, reason=REASON, planned="2027년 3월", at=now)
    assert signs(shown(f"/proposals/{proposal.code}/")) == []


def test_post_of_an_official_names_office_official_and_telephone(official: Person) -> None:
    proposal = make_proposal(at=database_now() - timedelta(minutes=5))
    said = {"stance": "evidence", "text": "이번 주에 점검합니다."}
    discuss_proposal(by=official, proposal=proposal, **said, at=database_now())
    assert signs(shown(f"/proposals/{proposal.code}/")) == []


def test_transfer_names_office_official_and_telephone(official: Person) -> None:
    now = database_now() - timedelta(minutes=5)
    proposal, fault = make_reviewed(at=now), make_fault(at=now)
    green = Department.objects.get(code="11200.life.env.green")
    transfer_proposal(by=official, proposal=proposal, department=green, reason="공원 안의 일입니다.", at=now)
    transfer_fault(by=official, fault=fault, department=green, note="공원 안의 등입니다.", at=now)
    assert signs(shown(f"/proposals/{proposal.code}/")) == []
    assert signs(shown(f"/faults/{fault.code}/")) == []


def test_every_step_on_a_fault_names_office_official_and_telephone() -> None:
    fault = make_repaired(at=database_now() - timedelta(hours=5))
    steps = list(fault.steps.filter(by__isnull=False))
    assert len(steps) > 1
    for step in steps:
        assert (step.office, step.by_name, step.phone) == ("도로시설과", fault.assignee_name, "02-0000-0101")
    assert shown(f"/faults/{fault.code}/").count(fault.assignee_name) >= len(steps)


def test_decision_on_a_pilot_names_office_official_and_telephone(official: Person) -> None:
    pilot = make_judging()
    decide_pilot(by=official, pilot=pilot, verdict="improving", reason=REASON, at=database_now())
    assert signs(shown(f"/pilots/{pilot.slug}/")) == []


def _said_everywhere(official: Person) -> list[str]:
    """An answer, a post with a reply, a transfer and a repaired fault: the pages they stand on."""
    now = database_now() - timedelta(days=1)
    proposal, handed, fault = make_reviewed(at=now), make_reviewed(at=now), make_fault(at=now)
    post = discuss_proposal(by=official, proposal=proposal, stance="", text="이번 주에 점검합니다.", at=now)
    discuss_proposal(by=make_person(), proposal=proposal, stance="for", text="고맙습니다.", reply_to=post.pk, at=now)
    adopt_proposal(by=official, proposal=proposal, reason=REASON, planned="2027년 3월", at=now)
    green = Department.objects.get(code="11200.life.env.green")
    transfer_proposal(by=official, proposal=handed, department=green, reason="공원 안의 일입니다.", at=now)
    repair_fault(by=official, fault=take_fault(by=official, fault=fault, at=now), result="갈았습니다.", at=now)
    decide_pilot(by=official, pilot=(pilot := make_judging()), verdict="improving", reason=REASON, at=database_now())
    pages = (f"proposals/{proposal.code}", f"proposals/{handed.code}", f"faults/{fault.code}", f"pilots/{pilot.slug}")
    return [f"/{page}/" for page in pages]


def test_words_of_the_office_never_show_the_nickname(official: Person) -> None:
    for path in _said_everywhere(official):
        assert signs(shown(path)) == [], path
        assert "등불지기" not in shown(path), path


def test_signature_stays_when_the_account_is_called_otherwise_or_goes(official: Person) -> None:
    paths = _said_everywhere(official)
    correct_person(by=official, nickname="한강물결", dong=None, at=database_now())
    for path in paths:
        assert signs(shown(path)) == [], path
        assert "한강물결" not in shown(path), path
    role = {"role": "official", "scope": f"department:{LIGHTS}"}
    revoke_role(by=None, person=official, **role, reason="자리를 옮겼습니다.", at=database_now())
    gone = Person.objects.get(pk=official.pk)
    erase_person(by=gone, person=gone, texts=Texts.GONE, at=database_now())
    for path in paths:
        assert signs(shown(path)) == [], path


def test_looks_and_reviews_name_whoever_looked_also_after_the_account_is_gone(official: Person) -> None:
    words = {"what": Seen.REPORTS, "task": "read_reports", "district": "11200", "address": "127.0.0.1"}
    note_looks(by=official, subjects=[Subject("fault:F-2026-000001")], **words, at=database_now())
    assert AccessLook.objects.get().by_name == "김도로"


def test_moderator_speaks_under_the_nickname_of_then_and_an_expert_under_that_of_today() -> None:
    people = [make_official(role="moderator"), make_official(role="expert")]
    RoleGrant.objects.filter(person__in=people).update(name="")
    was = [person.nickname for person in people]
    proposal = make_proposal(at=database_now() - timedelta(minutes=5))
    for person in Person.objects.filter(pk__in=[person.pk for person in people]):
        said = {"stance": "evidence", "text": "살펴보았습니다."}
        discuss_proposal(by=person, proposal=proposal, **said, at=database_now())
        correct_person(by=person, nickname=f"나중{person.nickname}", dong=None, at=database_now())
    page = shown(f"/proposals/{proposal.code}/")
    assert [f">{name}</strong>" in page for name in was] == [True, False]
    assert f">나중{was[1]}</strong>" in page
