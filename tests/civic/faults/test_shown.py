"""Words and numbers of a fault: spans, stages, titles, steps."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from civic.devices.models import Clock, Device, DeviceState, Gateway, Kind
from civic.faults.actions import (
    open_by_finding,
    propose_closure,
    repair_fault,
    resolve_by_evidence,
    resolve_fault,
    schedule_fault,
    take_fault,
)
from civic.faults.acts import next_act
from civic.faults.listing import dark_with, played_clocks, rows
from civic.faults.models import Fault
from civic.faults.queries import steps_of
from civic.faults.shown import outlook, row, span, stages, step_row, visit
from civic.faults.speaking import nobody_speaks
from tests.fault_examples import DAWN, good_night
from tests.making import NOON, make_fault, make_lamp, make_official, make_repaired


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "under a minute"),
        (7, "7 min"),
        (60, "1 h 0 min"),
        (200, "3 h 20 min"),
        (47 * 60 + 59, "47 h 59 min"),
        (50 * 60, "2 d 2 h"),
    ],
)
def test_span_reads_as_somebody_says_it(minutes, words):
    with override("en"):
        assert span(timedelta(minutes=minutes)) == words


@pytest.mark.django_db
def test_stages_light_up_one_by_one():
    fault = make_fault()
    assert [stage.current for stage in stages(fault, NOON)] == [True, False, False, False]
    fault = take_fault(by=make_official(), fault=fault, at=NOON + timedelta(minutes=9))
    now = stages(fault, NOON)
    assert [stage.current for stage in now] == [False, True, False, False]
    assert [stage.when for stage in now] == ["12:00", "12:09", "", ""]


@pytest.mark.django_db
def test_row_cabinet_counts_its_lamps_and_lives_under_their_clock():
    gateway = Gateway.objects.create(district_id="11200", clock=Clock.SIMULATED, clock_at=NOON)
    cabinet = Device.objects.create(tag="11200-C-9", kind=Kind.CABINET, name="C-9", district_id="11200")
    for _n in range(3):
        DeviceState.objects.filter(device=make_lamp(parent=cabinet)).update(via=gateway)
    open_by_finding(device=cabinet, code="supplyLoss", at=NOON)
    fault = rows().get()
    with override("en"):
        shown = row(fault, at=NOON + timedelta(days=9), played=played_clocks(), dark=dark_with([fault])[fault.pk])
    assert (shown.now, shown.simulated, shown.dark) == (NOON, True, 3)
    assert "3 lights are dark" in shown.title


def heard(fault, at=NOON):
    DeviceState.objects.filter(device=fault.device).update(observed_at=at)
    return rows().get(pk=fault.pk)


@pytest.mark.django_db
def test_outlook_says_what_closes_a_repaired_fault_by_whether_its_device_speaks():
    with override("en"):
        assert outlook(make_fault(), NOON) == ""
        silent = rows().get(pk=make_repaired().pk)
        assert outlook(silent, NOON) == "Somebody of the department looks at it once more and closes it."
        assert outlook(heard(silent), NOON).startswith("A whole good night closes it.")
        assert outlook(heard(silent), NOON + timedelta(days=4)) == outlook(silent, NOON)  # it has fallen silent
        pole = take_fault(by=make_official(), fault=make_fault(), at=NOON)
        Fault.objects.filter(pk=pole.pk).update(trouble="damage", state="repaired", repaired_at=NOON, result="x")
        assert outlook(heard(pole), NOON) == outlook(silent, NOON)  # no light tells of a pole
        Fault.objects.filter(pk=pole.pk).update(trouble="day")
        assert outlook(heard(pole), NOON).startswith("A whole day without light closes it.")


@pytest.mark.django_db
def test_outlook_of_a_light_that_is_well_again_depends_on_who_told_of_it():
    lamp, told = make_lamp(), make_fault()
    fault = open_by_finding(device=lamp, code="lampFailure", at=NOON)
    open_by_finding(device=told.device, code="lampFailure", at=NOON)
    with override("en"):
        for device in (lamp, told.device):
            propose_closure(device=device, code="lampFailure", at=NOON + timedelta(hours=1))
        assert "A whole good night closes it, or an official" in outlook(rows().get(pk=fault.pk), NOON)
        assert "Three days in order" in outlook(rows().get(pk=told.pk), NOON)


@pytest.mark.django_db
def test_visit_is_shown_until_it_is_over_and_its_fault_mended():
    official, fault = make_official(), make_fault()
    take_fault(by=official, fault=fault, at=NOON)
    fault = schedule_fault(by=official, fault=fault, planned_for=NOON + timedelta(hours=2), at=NOON)
    with override("en"):
        assert visit(fault, NOON) == "Somebody comes: 14:00."
        assert visit(fault, NOON + timedelta(hours=3)) == "A visit was planned: 14:00."
        assert visit(repair_fault(by=official, fault=fault, result="고쳤습니다.", at=NOON), NOON) == ""


@pytest.mark.django_db
def test_next_act_is_to_close_what_no_device_will_close():
    silent = rows().get(pk=make_repaired().pk)
    assert (next_act(silent, NOON).name, next_act(heard(silent), NOON)) == ("resolve", None)
    well = open_by_finding(device=make_lamp(), code="lampFailure", at=NOON)
    assert next_act(well, NOON).name == "take"
    assert next_act(propose_closure(device=well.device, code="lampFailure", at=NOON), NOON).name == "resolve"


@pytest.mark.django_db
def test_step_that_closes_says_who_closed_it():
    by_hand, by_light = make_repaired(), make_repaired()
    by_hand = resolve_fault(by=make_official(), fault=by_hand, at=NOON + timedelta(days=1))
    good_night(by_light.device)
    by_light = resolve_by_evidence(fault=by_light, at=DAWN + timedelta(hours=1))
    with override("en"):
        said = [step_row(steps_of(fault)[-1], fault, now=NOON)["words"] for fault in (by_hand, by_light)]
    assert said == ["Closed: an official has looked at it.", "Closed: the light itself has shown that it is well."]


@pytest.mark.django_db
def test_step_row_says_who_by_office():
    fault = take_fault(by=make_official(), fault=make_fault(), note="내일 갑니다.", at=NOON)
    told = [step_row(step, fault, now=NOON) for step in steps_of(fault)]
    assert told[-1]["office"] == "도로시설과"
    assert told[-1]["note"] == "내일 갑니다."


@pytest.mark.django_db
def test_nobody_speaks_names_the_repaired_faults_that_no_device_will_close():
    silent, spoken, pole, open_ = make_repaired(), make_repaired(), make_repaired(), make_fault()
    heard(spoken), heard(pole)
    Fault.objects.filter(pk=pole.pk).update(trouble="damage")
    found = set(Fault.objects.filter(nobody_speaks()))
    assert found == {silent, pole}
    assert open_ not in found
