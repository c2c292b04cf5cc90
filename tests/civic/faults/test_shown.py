"""Words and numbers of a fault: spans, stages, titles, steps."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from civic.devices.models import Clock, Device, DeviceState, Gateway, Kind
from civic.faults.actions import open_by_finding, take_fault
from civic.faults.listing import dark_with, played_clocks, rows
from civic.faults.queries import steps_of
from civic.faults.shown import row, span, stages, step_row
from tests.making import NOON, make_fault, make_lamp, make_official


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


@pytest.mark.django_db
def test_step_row_says_who_by_office():
    fault = take_fault(by=make_official(), fault=make_fault(), note="내일 갑니다.", at=NOON)
    told = [step_row(step, fault, now=NOON) for step in steps_of(fault)]
    assert told[-1]["office"] == "도로시설과"
    assert told[-1]["note"] == "내일 갑니다."
