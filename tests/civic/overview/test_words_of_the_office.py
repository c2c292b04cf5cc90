"""Do an official's words always stand beside department, name and office telephone? (민원 처리법 시행령 article 31)"""

from datetime import timedelta

import pytest
from django.test import Client

from civic.clocks.now import database_now
from civic.faults.actions import transfer_fault
from civic.people.actions import grant_role
from civic.people.models import Department, Person
from civic.pilots.actions import decide_pilot
from civic.proposals.actions import adopt_proposal, discuss_proposal, transfer_proposal
from tests.making import make_fault, make_person, make_proposal, make_repaired, make_reviewed
from tests.pilots import REASON, make_judging

pytestmark = pytest.mark.django_db
LIGHTS = "11200.safety.roads.lights"


@pytest.fixture
def official() -> Person:
    """Of one team, which is shown with the team's name and telephone."""
    person = make_person("등불지기")
    now = database_now() - timedelta(days=9)
    grant_role(by=None, person=person, role="official", scope=f"department:{LIGHTS}", at=now)
    return person


def shown(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def signs(page: str) -> list[str]:
    return [words for words in ("도로시설과 도로조명팀", "등불지기", 'href="tel:02-0000-0121"') if words not in page]


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
