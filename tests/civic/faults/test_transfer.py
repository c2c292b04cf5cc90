"""To whose desk does a fault go, and how is it handed on? (보안등 to the road facilities' team)"""

from datetime import timedelta

import pytest
from django.test import Client

from civic.clocks.now import database_now
from civic.faults.actions import repair_fault, report_fault, start_fault, take_fault, transfer_fault
from civic.faults.models import Fault, FaultStep
from civic.feed.numbering import number_items
from civic.ledger.models import Entry
from civic.notifications.models import Notice
from civic.outbox.models import Message
from civic.people.actions import grant_role
from civic.people.models import Department, Person
from civic.reactions.run import enlist_all, run_all
from civic.refusals import Refused
from tests.making import make_fault, make_lamp, make_official, make_person, make_repaired

pytestmark = pytest.mark.django_db
LIGHTS, DATA, GREEN = "11200.safety.roads.lights", "11200.smart.city.data", "11200.life.env.green"
WHY = "공원 안의 등입니다."


@pytest.fixture
def now():
    return database_now() - timedelta(minutes=5)


def unit(code: str) -> Department:
    return Department.objects.get(code=code)


def official_of(code: str) -> Person:
    person = make_person()
    grant_role(by=None, person=person, role="official", name="김도로", scope=f"department:{code}", at=database_now())
    return person


def refused(by: Person, fault: Fault, **changed: object) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        transfer_fault(
            **{"by": by, "fault": fault, "department": unit(GREEN), "note": WHY, "at": database_now()} | changed
        )
    return caught.value.refusal.code, caught.value.refusal.field


def test_ac_1_8_lamp_that_is_dark_goes_to_the_team_of_street_lighting_by_itself(now):
    fault = make_fault(at=now)
    assert fault.department_id == LIGHTS
    assert str(fault.department) == "도로시설과 도로조명팀"
    guro, _key = report_fault(
        by=make_person(), device=make_lamp(district="11530", dong="1153055000"), category="dark", at=now
    )
    assert guro.department_id == "11530.safety.roads.lights"
    page = Client().get(f"/faults/{fault.code}/").content.decode()
    assert "도로시설과 도로조명팀" in page
    assert "02-0000-0121" in page


def test_ac_1_8_transfer_requires_a_reason_and_another_open_department(now):
    official, fault = make_official(), make_fault(at=now)
    assert refused(official, fault, note=" 네 ") == ("reason_length", "note")
    assert refused(official, fault, department=None) == ("unknown_department", "department")
    assert refused(official, fault, department=unit("11530.life.env.green"))[0] == "unknown_department"
    assert refused(official, fault, department=unit(LIGHTS)) == ("same_department", "department")
    assert not FaultStep.objects.filter(fact="FaultTransferred").exists()


def test_ac_1_8_transfer_restarts_nothing_and_tells_whoever_reported(now):
    enlist_all()
    resident, official = make_person(), make_official()
    lamp = make_lamp()
    fault, _key = report_fault(by=resident, device=lamp, category="dark", at=now)
    report_fault(device=lamp, category="dark", email="guest@example.org", at=now)
    fault = take_fault(by=official, fault=fault, at=now)
    due, opened = fault.due_at, fault.opened_at
    moved = transfer_fault(by=official, fault=fault, department=unit(GREEN), note=WHY, at=database_now())
    moved.refresh_from_db()
    assert (moved.department_id, moved.due_at, moved.opened_at) == (GREEN, due, opened)
    number_items()
    while run_all(at=database_now()):
        pass
    assert Notice.objects.filter(person=resident, fact="FaultTransferred").count() == 1
    mails = [mail for mail in Message.objects.all() if "환경과 공원녹지팀" in mail.body]
    assert [mail.recipient for mail in mails] == ["guest@example.org"]


def test_transfer_stands_in_the_log_with_reason_office_name_and_telephone(now):
    official, fault = make_official(), make_fault(at=now)
    transfer_fault(by=official, fault=fault, department=unit(GREEN), note=WHY, at=database_now())
    page = Client().get(f"/faults/{fault.code}/").content.decode()
    for words in (WHY, "도로시설과", official.nickname, "02-0000-0101", "환경과 공원녹지팀", "02-0000-0126"):
        assert words in page, words
    assert Entry.objects.get(fact="FaultTransferred").data == {"department": GREEN, "before": LIGHTS}


def test_transfer_moves_the_work_with_it(now):
    team, green, fault = official_of(LIGHTS), official_of(GREEN), make_fault(at=now)
    fault = take_fault(by=team, fault=fault, at=now)
    transfer_fault(by=team, fault=fault, department=unit(GREEN), note=WHY, at=database_now())
    with pytest.raises(Refused) as caught:
        start_fault(by=team, fault=fault, at=database_now())
    assert caught.value.refusal.code == "other_department"
    started = start_fault(by=green, fault=fault, at=database_now())
    assert (started.office, started.phone, started.assignee_name) == (
        "환경과 공원녹지팀",
        "02-0000-0126",
        green.grants.get().signature,
    )
    repaired = repair_fault(by=green, fault=fault, result="램프를 갈았습니다.", at=database_now())
    assert repaired.state == "repaired"


def test_transfer_of_what_is_repaired_or_by_somebody_else_is_refused(now):
    assert refused(make_official(), make_repaired(at=now - timedelta(hours=3)))[0] == "already_repaired"
    fault = make_fault(at=now)
    assert refused(official_of(DATA), fault)[0] == "other_department"
    assert refused(make_official("11530"), fault)[0] == "role_elsewhere"
    assert refused(make_person(), fault)[0] == "role_missing"


def test_transfer_on_its_page_keeps_the_words_and_goes_through(now):
    fault, browser = make_fault(at=now), Client()
    browser.force_login(make_official())
    path = f"/faults/{fault.code}/acts/transfer/"
    assert "– – 환경과 공원녹지팀" in browser.get(path).content.decode()
    shown = browser.post(path, {"department": "nowhere", "note": WHY})
    assert (shown.status_code, WHY in shown.content.decode()) == (422, True)
    assert browser.post(path, {"department": GREEN, "note": WHY})["Location"] == f"/faults/{fault.code}/"
    fault.refresh_from_db()
    assert fault.department_id == GREEN
