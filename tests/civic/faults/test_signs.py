"""Do devices open one fault each, propose closing and prove repairs, and never more than their data says?"""

from datetime import datetime, timedelta

import pytest

from civic.clocks.deadlines import SEOUL
from civic.devices.models import Device, DeviceFinding, Kind
from civic.faults.actions import open_by_finding, propose_closure, repair_fault, resolve_by_evidence, take_fault
from civic.faults.models import Fault
from civic.feed.models import Item
from civic.ledger.models import Entry
from civic.refusals import Refused
from tests.fault_examples import DAWN, DUSK, HOUR, good_night
from tests.making import NOON, make_fault, make_lamp, make_official, make_repaired

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def found(lamp, code="lampFailure", at=NOON):
    return open_by_finding(device=lamp, code=code, at=at)


def repaired(fault, at):
    official = make_official()
    take_fault(by=official, fault=fault, at=at)
    return repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=at)


def test_sensor_lamp_fail_opens_one_fault_due_in_three_working_hours():
    evening = datetime(2026, 3, 4, 20, 0, tzinfo=SEOUL)  # a Wednesday
    lamp = make_lamp()
    first, second = found(lamp, at=evening), found(lamp, at=evening + HOUR)
    fault = Fault.objects.get()
    assert first.pk == second.pk == fault.pk
    assert (fault.source, fault.finding, fault.category, fault.state) == ("sensor", "lampFailure", "dark", "confirmed")
    assert fault.due_at == datetime(2026, 3, 5, 12, 0, tzinfo=SEOUL)  # nine to twelve of the next working day
    assert fault.repair_due_at == evening + DAY
    item = Item.objects.get(key=fault.key)
    assert (item.kind, item.audience, item.state["source"]) == ("FaultOpened", "public", "sensor")
    assert item.state["due_at"] == "2026-03-05T03:00:00+00:00"


def test_two_codes_of_one_trouble_are_one_fault_and_another_trouble_is_another():
    lamp = make_lamp()
    found(lamp), found(lamp, "switchingErrorOn")
    assert Fault.objects.count() == 1
    found(lamp, "lampUnexpectedOn")
    assert sorted(Fault.objects.values_list("trouble", flat=True)) == ["day", "light"]


def test_finding_confirms_what_a_resident_said():
    lamp = make_lamp()
    said = make_fault(lamp)
    fault = found(lamp, at=NOON + HOUR)
    assert (fault.pk, fault.state, fault.finding, fault.source) == (said.pk, "confirmed", "lampFailure", "resident")
    assert Entry.objects.get(key=fault.key, fact="FaultConfirmed").data == {"source": "sensor"}


def test_cabinet_loss_is_one_fault_on_the_parent_with_its_lamps():
    cabinet = Device.objects.create(tag="11200-cabinet-9", kind=Kind.CABINET, district_id="11200")
    lamps = [make_lamp(parent=cabinet) for _n in range(6)]
    fault = found(cabinet, "supplyLoss")
    assert (fault.category, fault.affected.count(), Fault.objects.count()) == ("outage", 6, 1)
    propose_closure(device=cabinet, code="supplyLoss", at=NOON + HOUR)
    own = found(lamps[0], at=NOON + 2 * HOUR)
    assert (own.pk == fault.pk, own.device) == (False, lamps[0])


def test_ac_1_2_light_returning_to_on_proposes_closure_but_never_closes():
    lamp = make_lamp()
    fault = found(lamp)
    again = [propose_closure(device=lamp, code="lampFailure", at=NOON + n * HOUR) for n in (1, 2)]
    fault.refresh_from_db()
    assert (fault.state, fault.closure_proposed_at, again[0].pk) == ("confirmed", NOON + HOUR, fault.pk)
    assert Entry.objects.filter(fact="ClosureProposed").count() == 1
    assert Item.objects.filter(key=fault.key).latest("pk").state["closure_proposed"] is True
    assert fault.steps.latest("pk").fact == "ClosureProposed"


def test_closure_proposed_is_taken_back_by_the_next_finding():
    lamp = make_lamp()
    found(lamp), propose_closure(device=lamp, code="lampFailure", at=NOON + HOUR)
    fault = found(lamp, at=NOON + 2 * HOUR)
    assert (fault.closure_proposed_at, fault.reopened) == (None, 0)
    assert Item.objects.filter(key=fault.key).latest("pk").state["closure_proposed"] is False


def test_recovery_of_what_nobody_opened_does_nothing():
    assert propose_closure(device=make_lamp(), code="lampFailure", at=NOON) is None


def test_recovery_of_before_the_fault_proposes_nothing():
    lamp = make_lamp()
    found(lamp, at=NOON + HOUR)
    propose_closure(device=lamp, code="lampFailure", at=NOON)
    assert Fault.objects.get().closure_proposed_at is None


def test_next_healthy_night_resolves_a_repaired_fault():
    fault = make_repaired()
    good_night(fault.device)
    resolved = resolve_by_evidence(fault=fault, at=DAWN + HOUR)
    assert (resolved.state, resolved.resolved_at, resolved.due_at) == ("resolved", DAWN + HOUR, None)
    assert Entry.objects.get(fact="FaultResolved").data == {"by": "evidence"}


def test_no_data_never_closes_a_fault():
    lamp = make_lamp()
    fault = found(lamp, "communicationFailure")
    repaired(fault, NOON + HOUR)
    assert resolve_by_evidence(fault=fault, at=NOON + 90 * DAY).state == "repaired"


@pytest.mark.parametrize("broken", ["dark", "gap", "finding", "too early", "old night", "mended in it"])
def test_night_that_is_not_healthy_resolves_nothing(broken):
    fault = make_repaired(at={"old night": NOON + DAY, "mended in it": DUSK + 3 * HOUR}.get(broken, NOON))
    lamp = fault.device
    good_night(lamp, watts=0 if broken == "dark" else 38)
    if broken == "gap":
        lamp.observations.filter(t__range=(DUSK + 3 * HOUR, DUSK + 5 * HOUR)).delete()
    if broken == "finding":
        DeviceFinding.objects.create(device=lamp, code="lampFailure", opened_at=NOON)
    at = DUSK + 10 * HOUR if broken == "too early" else DAWN + HOUR
    assert resolve_by_evidence(fault=fault, at=at).state == "repaired"


def test_lamp_that_reports_its_switching_alone_is_well_by_it():
    fault = make_repaired()
    Device.objects.update(report_interval=None)
    good_night(fault.device)
    fault.device.observations.exclude(t__in=[DUSK, DAWN]).delete()
    assert resolve_by_evidence(fault=fault, at=DAWN + HOUR).state == "resolved"


def test_small_lamp_proves_its_night_by_its_own_power():
    fault = make_repaired()
    good_night(fault.device, watts=6)
    assert resolve_by_evidence(fault=fault, at=DAWN + HOUR).state == "repaired"
    Device.objects.update(rated_power=20)
    fault.refresh_from_db()
    assert resolve_by_evidence(fault=fault, at=DAWN + HOUR).state == "resolved"


def test_detector_alone_closes_only_what_detectors_alone_opened():
    lamp = make_lamp()
    fault = found(lamp)
    propose_closure(device=lamp, code="lampFailure", at=NOON + HOUR)
    good_night(lamp)
    assert resolve_by_evidence(fault=fault, at=DAWN + HOUR).state == "resolved"


def test_resident_reported_fault_without_a_repair_needs_three_good_days():
    lamp = make_lamp()
    fault = make_fault(lamp)
    found(lamp, at=NOON), propose_closure(device=lamp, code="lampFailure", at=NOON + HOUR)
    good_night(lamp)
    assert resolve_by_evidence(fault=fault, at=DAWN + HOUR).state == "confirmed"
    good_night(lamp, days=2)
    assert resolve_by_evidence(fault=fault, at=DAWN + 2 * DAY).state == "confirmed"
    good_night(lamp, days=3)
    assert resolve_by_evidence(fault=fault, at=DAWN + 3 * DAY).state == "resolved"


def test_cabinet_is_well_when_most_of_its_lamps_were():
    cabinet = Device.objects.create(tag="11200-cabinet-9", kind=Kind.CABINET, district_id="11200")
    lamps = [make_lamp(parent=cabinet) for _n in range(5)]
    fault = found(cabinet, "supplyLoss")
    repaired(fault, NOON + HOUR)
    good_night(*lamps[:2])
    assert resolve_by_evidence(fault=fault, at=DAWN + HOUR).state == "repaired"
    good_night(lamps[2])  # three of five
    assert resolve_by_evidence(fault=fault, at=DAWN + HOUR).state == "resolved"


def test_cabinet_does_not_wait_for_lamps_that_were_taken_down():
    cabinet = Device.objects.create(tag="11200-cabinet-9", kind=Kind.CABINET, district_id="11200")
    lamps = [make_lamp(parent=cabinet) for _n in range(5)]
    fault = found(cabinet, "supplyLoss")
    repaired(fault, NOON + HOUR)
    good_night(*lamps[:2])
    Device.objects.filter(pk__in=[lamp.pk for lamp in lamps[3:]]).update(retired_at=NOON)
    assert resolve_by_evidence(fault=fault, at=DAWN + HOUR).state == "resolved"


def test_day_burner_is_well_after_a_dark_day():
    lamp = make_lamp()
    fault = found(lamp, "lampUnexpectedOn", at=NOON - 4 * HOUR)
    repaired(fault, NOON - 3 * HOUR)
    good_night(lamp)
    good_night(lamp, days=1)
    for t in range(66):  # off all day between the two nights
        lamp.observations.create(
            t=DAWN + t * timedelta(minutes=10), mid=f"d{t}", values={"powerState": "off"}, received_at=NOON
        )
    assert resolve_by_evidence(fault=fault, at=DAWN + 5 * HOUR).state == "repaired"
    assert resolve_by_evidence(fault=fault, at=DUSK + DAY + HOUR).state == "resolved"


@pytest.mark.parametrize(("days", "same"), [(13, True), (15, False)])
def test_relapse_within_fourteen_days_keeps_the_number(days, same):
    fault = make_repaired()
    good_night(fault.device)
    resolve_by_evidence(fault=fault, at=DAWN + HOUR)
    back = found(fault.device, at=DAWN + HOUR + days * DAY)
    assert (back.pk == fault.pk) is same
    if same:
        assert (back.state, back.reopened, back.repaired_at, back.result) == ("confirmed", 1, None, "")
        assert back.repair_due_at == DAWN + HOUR + (days + 1) * DAY
        assert Entry.objects.get(fact="FaultReopened").data == {"times": 1, "source": "sensor"}


def test_repaired_lamp_that_fails_again_is_the_same_fault():
    fault = make_repaired()
    assert found(fault.device, at=NOON).state == "repaired"  # a finding from before the repair
    back = found(fault.device, at=NOON + 8 * HOUR)
    assert (back.pk, back.state, back.reopened) == (fault.pk, "confirmed", 1)


def test_ac_1_2_closing_needs_a_result_text():
    official, fault = make_official(), found(make_lamp())
    take_fault(by=official, fault=fault, at=NOON)
    for nothing in ("", "   ", "..."):
        with pytest.raises(Refused) as refused:
            repair_fault(by=official, fault=fault, result=nothing, at=NOON)
        assert (refused.value.refusal.code, refused.value.refusal.status) == ("no_result", 422)
