"""Does an indicator say what was measured, how far it is from its target, and what its rule makes of it?"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from civic.pilots.judging import days_run, found, reached
from civic.pilots.models import Condition, ConditionKind, Kpi, Pilot, Reading
from civic.pilots.repairs import last_day_of, median_of, periods
from civic.pilots.series import AFTER, BEFORE, WRITTEN_BEFORE, number, series
from civic.pilots.states import Stage

START = datetime(2026, 8, 25, 1, 0, tzinfo=UTC)


class Rows(list):
    def all(self):
        return self


def kpi(direction: str = "lower", values: tuple[str | None, ...] = ("61", "19.5")) -> Kpi:
    made = Kpi(
        pk=1,
        pilot=pilot(),
        position=1,
        name="고장을 알고 고치기까지",
        unit="시간",
        direction=direction,
        target=Decimal(24),
        baseline=Decimal(92),
        baseline_on=date(2026, 8, 25),
        baseline_n=17,
    )
    rows = Rows(
        Reading(on=date(2026, 9, 24 + n), value=None if value is None else Decimal(value), n=n, note="")
        for n, value in enumerate(values)
    )
    made._prefetched_objects_cache = {"readings": rows}
    return made


def pilot() -> Pilot:
    return Pilot(starts_on=date(2026, 8, 25), ends_on=date(2026, 11, 22), started_at=START)


@pytest.mark.parametrize(
    ("value", "text"), [("19.50", "19.5"), ("540", "540"), ("1200.00", "1,200"), ("0.25", "0.25"), ("100", "100")]
)
def test_number_has_no_zeros_that_say_nothing(value, text):
    assert number(Decimal(value)) == text


def test_series_begins_with_the_baseline_and_says_the_gap_to_its_target():
    told = series(kpi())
    assert [(point.text, point.gap, point.good) for point in told.points] == [
        ("92", "+68", False),
        ("61", "+37", False),
        ("19.5", "−4.5", True),
    ]
    assert told.reached
    assert told.cases == 18
    assert [point.when for point in told.points] == [BEFORE, "", ""]
    assert not told.noted


def test_baseline_of_repairs_that_nobody_computed_says_who_wrote_it_down():
    written = kpi()
    written.source, written.baseline_n = "repair_hours", None
    assert series(written).points[0].when == WRITTEN_BEFORE


def test_series_with_nothing_in_a_period_keeps_the_gap():
    told = series(kpi(values=("61", None)))
    assert [point.value for point in told.points] == [Decimal(92), Decimal(61), None]
    assert told.last is not None
    assert told.last.text == "61"
    assert not told.reached


def test_values_after_the_expansion_leave_the_words_of_what_was_judged():
    watched = kpi(values=("61", "19.5", "40", "50"))
    judged_at = datetime(2026, 9, 25, 6, 0, tzinfo=UTC)
    watched.pilot.stage, watched.pilot.decided_at = Stage.EXPANDED, judged_at
    told = series(watched)
    assert [point.when for point in told.points] == [BEFORE, "", "", AFTER, AFTER]
    assert told.last is not None
    assert (told.last.text, told.reached, told.cases) == ("19.5", True, 18)
    assert [point.text for point in told.settled] == ["92", "61", "19.5"]
    assert "19.5시간. " in told.said


def test_higher_is_better_turns_the_side():
    assert not series(kpi("higher")).reached
    assert series(kpi("higher", ("25",))).reached


def test_series_says_itself_in_one_sentence():
    assert "2026-09-25 19.5시간" in series(kpi()).said


@pytest.mark.parametrize(
    ("kind", "least", "on", "met"),
    [
        ("target", None, date(2026, 11, 1), "met"),
        ("cases", 1, date(2026, 11, 1), "met"),
        ("cases", 30, date(2026, 11, 1), "not_yet"),
        ("cases", 30, date(2026, 11, 23), "missed"),
        ("days", 90, date(2026, 11, 21), "not_yet"),
        ("days", 90, date(2026, 11, 22), "met"),
    ],
)
def test_condition_is_met_not_yet_or_missed(kind, least, on, met):
    one, of = Condition(kind=kind, least=least), None if kind == ConditionKind.DAYS else kpi()
    assert found(one, of, list(of.readings.all()) if of else [], pilot(), on=on).met == met


@pytest.mark.parametrize(("direction", "beside"), [("lower", "24.01"), ("higher", "23.99")])
def test_target_is_reached_by_its_very_value_on_either_side(direction, beside):
    assert [reached(kpi(direction), Decimal(value)) for value in ("24", beside)] == [True, False]


def test_condition_on_an_indicator_without_values_waits():
    of = kpi(values=())
    now = found(Condition(kind="target"), of, [], pilot(), on=date(2026, 9, 1))
    assert (now.met, now.value) == ("not_yet", None)


def test_days_run_count_first_and_last_and_nothing_before_the_start():
    assert days_run(pilot(), on=date(2026, 8, 25)) == 1
    assert days_run(Pilot(starts_on=date(2026, 8, 25)), on=date(2026, 9, 25)) == 0


@pytest.mark.parametrize(("days", "parts"), [(0.1, 1), (30, 1), (30.01, 1), (44.9, 1), (45, 2), (60, 2), (74.9, 2)])
def test_what_follows_a_full_period_for_less_than_half_of_one_counts_with_it(days, parts):
    found = periods(START, START + timedelta(days=days))
    assert len(found) == parts
    assert found[-1][1] == START + timedelta(days=days)
    assert len({last_day_of(end) for _since, end in found}) == parts


def test_periods_have_thirty_days_and_the_last_ends_now():
    parts = periods(START, START + timedelta(days=80))
    assert [(end - since).days for since, end in parts] == [30, 30, 20]
    assert periods(START, START) == []


@pytest.mark.parametrize(("hours", "middle"), [((10, 20, 90), "20"), ((10, 20), "15"), ((), None), ((19.46,), "19.5")])
def test_median_to_one_decimal(hours, middle):
    made = median_of(hours, START)
    assert made.hours == (None if middle is None else Decimal(middle))
    assert made.n == len(hours)
    assert made.on == date(2026, 8, 25)
