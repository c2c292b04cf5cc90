"""Is what is kept of a district's lamps true, and does it cost one reading however many ask?"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import sleep

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from civic.devices.models import Device, DeviceFinding, Kind
from civic.faults.models import Category, Fault, Source, Trouble
from civic.faults.states import State
from civic.feed.numbering import head, number_items
from civic.live import street as module
from civic.live.lamp_snapshot import lamp_snapshot
from civic.live.street import street
from tests.civic.devices.conftest import HEADER, row
from tests.lamps import gateway, import_rows, switch
from tests.making import NOON
from tests.meanwhile import right_after

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = "11200-01-17-01", "11200-01-17-02", "11200-01-17-03"


@pytest.fixture
def lamps():
    """Two lamps at one point, one without a point."""
    import_rows(row("01-17-01"), row("01-17-02"), row("01-17-03", lat="", lon=""), header=HEADER)


@pytest.fixture
def always_fresh(monkeypatch):
    monkeypatch.setattr(module, "FRESH", 0.0)


def condition_of(tag, district="11200"):
    found = street(district)
    return found.conditions[found.lamps.place_of[tag]]


def fault(tag, state, trouble=Trouble.LIGHT):
    device = Device.objects.get(tag=tag)
    return Fault.objects.create(
        code=f"F-2026-{Fault.objects.count():06d}",
        district=device.district,
        dong=device.dong,
        device=device,
        category=Category.DARK,
        trouble=trouble,
        source=Source.RESIDENT,
        state=state,
        opened_at=NOON,
        answer_due_at=NOON,
        repair_due_at=NOON,
        moved_at=NOON,
    )


def test_lamps_with_a_point_come_first_and_all_are_there(lamps):
    found = street("11200")
    assert [lamp.tag for lamp in found.lamps.lamps] == [ONE, TWO, THREE]
    assert len(found.lamps.curve) == 2
    assert found.total == {"unheard": 3}


def test_nothing_is_read_again_while_nothing_happens(lamps):
    street("11200")
    with CaptureQueriesContext(connection) as asked:
        assert street("11200") is street("11200")
    assert len(asked) == 2  # the feed's head, each time


def test_reading_shows_with_its_cursor(lamps, always_fresh):
    before = street("11200")
    switch(gateway(), [ONE], "on")
    after = street("11200")
    assert after.cursor > before.cursor
    assert condition_of(ONE) == "on"
    assert after.by_dong[Device.objects.get(tag=ONE).dong_id]["on"] == 1
    assert after.heard[Device.objects.get(tag=ONE).dong_id] == NOON


def test_cursor_is_read_before_the_state(lamps, always_fresh):
    """What happens between the two is in the state, and is told again from the cursor: never lost."""
    by = gateway()
    with right_after('FROM "civic_device" ', lambda: switch(by, [TWO], "on")):
        found = street("11200")
    assert found.conditions[found.lamps.place_of[TWO]] == "on"
    assert found.cursor < module.look().seq


def test_busy_street_is_read_at_most_once_a_second(lamps):
    by = gateway()
    kept = street("11200")
    switch(by, [ONE], "on")
    assert street("11200") is kept


def test_new_list_is_read_at_once(lamps, always_fresh):
    street("11200")
    import_rows(row("01-17-01"), row("01-17-09"), header=HEADER)
    number_items()
    assert {lamp.tag for lamp in street("11200").lamps.lamps} == {ONE, "11200-01-17-09"}


@pytest.mark.parametrize("states", [("in_progress", "confirmed"), ("confirmed", "in_progress")])
def test_lamp_with_two_faults_is_under_repair_when_one_of_them_is(lamps, always_fresh, states):
    for state, trouble in zip(states, (Trouble.LIGHT, Trouble.DAMAGE), strict=True):
        fault(ONE, state, trouble)
    assert condition_of(ONE) == "work"


def test_findings_and_cabinets_decide_the_condition(lamps, always_fresh):
    cabinet = Device.objects.create(tag="11200-C-1", kind=Kind.CABINET, district_id="11200")
    Device.objects.filter(tag__in=[TWO, THREE]).update(parent=cabinet)
    DeviceFinding.objects.create(device=cabinet, code="supplyLoss", opened_at=NOON)
    DeviceFinding.objects.create(device=Device.objects.get(tag=ONE), code="communicationFailure", opened_at=NOON)
    found = street("11200")
    assert [found.conditions[found.lamps.place_of[tag]] for tag in (ONE, TWO, THREE)] == [
        "lost",
        "with_cabinet",
        "with_cabinet",
    ]
    assert (found.cabinets, found.lost) == (("fault",), (True,))
    assert lamp_snapshot(found)["cabinets"][0][4:] == ["fault", 1]
    assert (found.lamps.cabinets[0].lon, found.lamps.cabinets[0].lat) == (127.032672, 37.569108)


@pytest.mark.parametrize(
    ("state", "lost", "condition"),
    [(State.CONFIRMED, False, "on"), (State.IN_PROGRESS, True, "with_cabinet"), (State.ACKNOWLEDGED, False, "on")],
)
def test_lamps_are_dark_with_a_cabinet_by_what_it_says_and_not_by_the_paper_on_it(
    lamps, always_fresh, state, lost, condition
):
    cabinet = Device.objects.create(tag="11200-C-1", kind=Kind.CABINET, district_id="11200")
    Device.objects.filter(tag=ONE).update(parent=cabinet)
    switch(gateway(), [ONE], "on")
    fault("11200-C-1", state, Trouble.SUPPLY)
    if lost:
        DeviceFinding.objects.create(device=cabinet, code="supplyLoss", opened_at=NOON)
    found = street("11200")
    assert (condition_of(ONE), lamp_snapshot(found)["cabinets"][0][5]) == (condition, int(lost))


@pytest.mark.parametrize(
    ("state", "trouble", "shown"),
    [
        (State.CONFIRMED, Trouble.LIGHT, "fault"),
        (State.IN_PROGRESS, Trouble.LIGHT, "work"),
        (State.REPAIRED, Trouble.LIGHT, "on"),
        (State.CONFIRMED, Trouble.LINK, "on"),
    ],
)
def test_open_fault_is_shown_over_what_the_lamp_says(lamps, always_fresh, state, trouble, shown):
    switch(gateway(), [ONE], "on")
    if state == State.REPAIRED:
        Fault.objects.filter(pk=fault(ONE, State.CONFIRMED).pk).update(
            state=state, repaired_at=NOON, result="갈았습니다"
        )
    else:
        fault(ONE, state, trouble)
    assert condition_of(ONE) == shown


@pytest.mark.parametrize(
    ("found", "states", "shown"),
    [
        (["lampFailure"], [State.REPAIRED], "mended"),
        ([], [State.REPAIRED], "on"),
        (["communicationFailure"], [State.REPAIRED], "lost"),
        (["lampFailure"], [State.REPAIRED, State.CONFIRMED], "fault"),
        (["lampFailure"], [State.REPAIRED, State.IN_PROGRESS], "work"),
        (["lampFailure"], [State.RESOLVED], "fault"),
    ],
)
def test_repaired_lamp_waits_for_its_proof_as_long_as_what_was_found_stands(lamps, always_fresh, found, states, shown):
    switch(gateway(), [ONE], "on")
    for state, trouble in zip(states, (Trouble.LIGHT, Trouble.DAY), strict=False):
        row = fault(ONE, State.CONFIRMED, trouble)
        over = {State.REPAIRED: {"repaired_at": NOON}, State.RESOLVED: {"resolved_at": NOON}}.get(state, {})
        Fault.objects.filter(pk=row.pk).update(state=state, result="갈았습니다", **over)
    for code in found:
        DeviceFinding.objects.create(device=Device.objects.get(tag=ONE), code=code, opened_at=NOON)
    assert condition_of(ONE) == shown


@pytest.mark.parametrize(("found", "shown"), [(True, "mended"), (False, "on")])
def test_repaired_cabinet_waits_for_its_proof_too(lamps, always_fresh, found, shown):
    cabinet = Device.objects.create(tag="11200-C-1", kind=Kind.CABINET, district_id="11200")
    row = fault(cabinet.tag, State.CONFIRMED, Trouble.SUPPLY)
    Fault.objects.filter(pk=row.pk).update(state=State.REPAIRED, repaired_at=NOON, result="갈았습니다")
    if found:
        DeviceFinding.objects.create(device=cabinet, code="supplyLoss", opened_at=NOON)
    assert street("11200").cabinets == (shown,)


def test_clock_of_a_played_night_goes_on_though_nothing_is_said(lamps, always_fresh):
    by = gateway()
    rows = type(by.gateway).objects.filter(pk=by.gateway.pk)
    rows.update(clock="simulated", clock_at=NOON)
    before = street("11200")
    rows.update(clock_at=NOON + timedelta(hours=1))
    after = street("11200")
    assert (before.clock, after.clock, before.cursor) == (NOON, NOON + timedelta(hours=1), after.cursor)
    assert before.etag != after.etag  # or a browser keeps the old one


def test_simulated_clock_is_the_districts_now(lamps, always_fresh):
    by = gateway()
    by.gateway.clock, by.gateway.clock_at = "simulated", NOON + timedelta(hours=9)
    by.gateway.save()
    assert street("11200").clock == NOON + timedelta(hours=9)
    assert street("11530").clock is None


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_at_once_make_one_reading(lamps):
    readings, together = [], Barrier(8)

    def watch(execute, sql, *more):
        answer = execute(sql, *more)
        if '"civic_devicefinding"' in sql:  # once in a reading
            readings.append(sql)
            sleep(0.1)  # long enough for the others to come to the lock
        elif "civic_head" in sql:
            together.wait(10)  # nobody reads before all have looked
        return answer

    def ask(_n):
        try:
            with connection.execute_wrapper(watch):
                return street("11200")
        finally:
            connection.close()

    number_items()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(8)))
    assert len(readings) == 1
    assert all(one is found[0] for one in found)


def test_reading_costs_the_same_for_one_lamp_and_for_thirty(db, always_fresh):
    costs = []
    head()  # makes its row at the first time
    for names in (["01-17-01"], [f"01-17-{n:02d}" for n in range(1, 31)]):
        import_rows(*map(row, names), header=HEADER)
        module.forget()
        with CaptureQueriesContext(connection) as asked:
            street("11200")
        costs.append(len(asked))
    assert costs[0] == costs[1]
