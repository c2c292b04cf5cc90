"""Do readings become a fault, and is everybody who reported it told, from the first sign to the relapse?"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from civic.clocks.now import database_now
from civic.devices.models import DeviceFinding, DeviceState
from civic.devices.models import Gateway as GatewayRow
from civic.faults.actions import join_fault, reject_fault, repair_fault, report_fault, resolve_fault, take_fault
from civic.faults.evidence import evidence_of
from civic.faults.models import Fault
from civic.ledger.models import Entry
from civic.notifications.queries import inbox
from civic.outbox.actions import deliver_due
from civic.outbox.models import Message
from civic.people.actions import issue_token
from civic.reactions import sweeps
from civic.reactions.run import enlist_all
from civic.reactions.sweeps import close_mended
from tests.making import NOON, make_lamp, make_official, make_person
from tests.street import DAY, DEAD, DUSK, GOOD, HOUR, OFF, TEN, Gateway, work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cursors():
    enlist_all()


def mend(official, fault):
    """Take and repair over the API, as a program of the office does."""
    token = issue_token(by=official, person=official, label="desk", at=NOON)
    for verb, body in (("take", {}), ("repair", {"result": "램프를 갈았습니다."})):
        sent = {"authorization": f"Bearer {token}"}
        answer = Client().post(f"/api/v1/faults/{fault.code}/{verb}", body, "application/json", headers=sent)
        assert answer.status_code == 200
    work(NOON)


def told(person):
    return [line.notice.fact for line in sorted(inbox(person), key=lambda line: line.notice.seq)]


def test_lamp_from_its_first_failed_reading_to_its_relapse_and_everybody_is_told():
    gateway, official, person = Gateway(make_lamp()), make_official(), make_person()
    night = DUSK + 2 * HOUR
    gateway.say((night, GOOD), (night + TEN, DEAD), (night + 2 * TEN, DEAD))
    fault = Fault.objects.get()
    assert (fault.source, fault.opened_at, fault.device) == ("sensor", night + 2 * TEN, gateway.lamp)

    join_fault(by=person, fault=fault, at=NOON)
    _fault, key = report_fault(device=gateway.lamp, category="dark", email="guest@example.org", at=NOON)
    mend(official, fault)
    fault.refresh_from_db()
    assert (fault.state, fault.reports) == ("repaired", 2)
    assert fault.opened_at <= fault.repaired_at <= night + 2 * TEN  # by the clock of its gateway

    gateway.say((night + 3 * TEN, GOOD))
    assert not DeviceFinding.objects.filter(closed_at=None).exists()
    fault.refresh_from_db()
    assert fault.state == "repaired"  # one good reading is no night
    gateway.night(1)
    fault.refresh_from_db()
    assert (fault.state, fault.resolved_at) == ("resolved", DUSK + DAY + 12 * HOUR)

    later = night + 5 * DAY
    gateway.say((later, GOOD), (later + TEN, DEAD), (later + 2 * TEN, DEAD))
    fault.refresh_from_db()
    assert (Fault.objects.count(), fault.state, fault.reopened) == (1, "confirmed", 1)
    assert told(person) == ["FaultTaken", "FaultRepaired", "FaultResolved", "FaultReopened"]
    letters = [message.body for message in Message.objects.filter(recipient="guest@example.org").order_by("queued_at")]
    assert len(letters) == 4
    assert key in letters[0]
    assert not [letter for letter in letters[1:] if key in letter]
    assert "램프를 갈았습니다." in letters[1]
    assert Entry.objects.filter(fact="FaultOpened").count() == 1


def test_mail_of_a_played_night_leaves_at_once():
    to_come = timedelta(hours=10)
    gateway, official, now = Gateway(make_lamp()), make_official(), database_now()
    GatewayRow.objects.update(clock_at=now + to_come)
    DeviceState.objects.update(via=GatewayRow.objects.get(), observed_at=now)
    fault, _key = report_fault(device=gateway.lamp, category="dark", email="guest@example.org", at=now)
    take_fault(by=official, fault=fault, at=now)
    fault = repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=now)
    work(now)
    assert fault.repaired_at == now + to_come  # the fact keeps its time
    assert Message.objects.count() == 2
    assert deliver_due(at=database_now()) == 2


def test_sensor_fault_that_heals_itself_is_proposed_and_closed_by_a_whole_night_only():
    gateway = Gateway(make_lamp())
    night = DUSK + 2 * HOUR
    gateway.say((night, GOOD), (night + TEN, DEAD), (night + 2 * TEN, DEAD))
    gateway.say((night + 3 * TEN, GOOD), (night + 4 * TEN, GOOD))
    fault = Fault.objects.get()
    assert (fault.state, fault.closure_proposed_at) == ("confirmed", night + 3 * TEN)
    gateway.night(1)
    fault.refresh_from_db()
    assert fault.state == "resolved"


def test_night_without_readings_closes_nothing():
    gateway, official = Gateway(make_lamp()), make_official()
    night = DUSK + 2 * HOUR
    gateway.say((night, GOOD), (night + TEN, DEAD), (night + 2 * TEN, DEAD))
    fault = take_fault(by=official, fault=Fault.objects.get(), at=NOON)
    repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=NOON)
    gateway.say((night + 40 * HOUR, OFF))
    fault.refresh_from_db()
    assert (fault.state, evidence_of(fault, NOON)) == ("repaired", None)


def test_ac_1_2_every_reporter_is_told_on_completion_and_each_once():
    lamp, official, people = make_lamp(), make_official(), [make_person() for _n in range(3)]
    for person, email in zip(people, ("same@example.org", "", ""), strict=True):
        fault, _key = report_fault(by=person, device=lamp, category="dark", email=email, at=NOON)
    take_fault(by=official, fault=fault, at=NOON)
    repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=NOON + HOUR)
    resolve_fault(by=official, fault=fault, at=NOON + DAY)
    work(NOON + DAY)
    work(NOON + DAY)
    for person in people:
        assert told(person) == ["FaultTaken", "FaultRepaired", "FaultResolved"]
        assert all(line.path and fault.code in line.text for line in inbox(person))
    assert Message.objects.filter(recipient="same@example.org").count() == 3
    assert told(official) == ["FaultOpened"]  # as the department, not as a reporter


def test_reporters_of_a_duplicate_hear_of_the_other_fault():
    lamp, official, person = make_lamp(), make_official(), make_person()
    twin, _key = report_fault(device=lamp, category="dark", at=NOON)
    fault, _key = report_fault(by=person, device=lamp, category="broken", at=NOON)
    reject_fault(by=official, fault=fault, reason="duplicate_of", duplicate_of=twin, at=NOON)
    take_fault(by=official, fault=twin, at=NOON)
    work(NOON)
    assert told(person) == ["FaultRejected", "FaultTaken"]
    assert twin.code in inbox(person)[-1].text + inbox(person)[0].text


def test_fault_behind_many_that_never_heal_is_closed_all_the_same(monkeypatch):
    monkeypatch.setattr(sweeps, "BATCH", 2)
    official = make_official()
    gateways = [Gateway(make_lamp()) for _n in range(5)]
    for gateway in gateways:
        fault, _key = report_fault(device=gateway.lamp, category="dark", at=NOON)
        fault = take_fault(by=official, fault=fault, at=NOON)
        repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=NOON)
    well = gateways.pop(2)
    for gateway in gateways:
        gateway.say((DUSK + 30 * HOUR, OFF))  # heard, and not well
    well.night(0)
    for _n in range(3):
        close_mended(NOON)
    states = dict(Fault.objects.filter(trouble="light").values_list("device", "state"))
    assert [states[gateway.lamp.pk] for gateway in (well, *gateways)] == ["resolved"] + ["repaired"] * 4


def test_sweep_looks_up_the_sky_of_a_district_once():
    official = make_official()
    for _n in range(3):
        gateway = Gateway(make_lamp())
        fault, _key = report_fault(device=gateway.lamp, category="dark", at=NOON)
        fault = take_fault(by=official, fault=fault, at=NOON)
        repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=NOON)
        gateway.say((DUSK + 30 * HOUR, OFF))
    with CaptureQueriesContext(connection) as asked:
        close_mended(NOON)
    assert sum("AVG(" in query["sql"].upper() for query in asked) == 1
