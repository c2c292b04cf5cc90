"""Do hours from fault to repair come of the faults of the linked lamps, and other values only of days not judged?"""

from datetime import timedelta
from decimal import Decimal

import pytest

from civic.ledger.models import Entry
from civic.pilots.actions import (
    advance_pilot,
    decide_pilot,
    link_lamps,
    measure_repairs,
    record_baseline,
    record_kpi,
    set_pilot_back,
)
from civic.pilots.judging import Found, found
from civic.pilots.models import Pilot
from civic.pilots.plan import ConditionPlan
from civic.pilots.series import AFTER, BEFORE, series
from civic.pilots.states import Stage
from civic.refusals import Refused
from tests.making import make_official
from tests.pilots import END, HOURS, REASON, START, make_judging, make_lamp, make_measured, make_pilot, make_repaired

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
RULE = [ConditionPlan("target", 1), ConditionPlan("cases", 1, 20)]


def refusal(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.refusal.code


def told(pilot: Pilot) -> list[tuple[float | None, int | None]]:
    """Value and cases of each period."""
    rows = pilot.kpis.get().readings.values_list("value", "n")
    return [(None if value is None else float(value), n) for value, n in rows]


def judged(pilot: Pilot) -> list[Found]:
    """Each condition of its rule as it stands."""
    pilot = Pilot.objects.get(pk=pilot.pk)
    kpi = pilot.kpis.get()
    return [found(one, kpi, list(kpi.readings.all()), pilot, on=END.date()) for one in pilot.conditions.all()]


def mend(lamp, *, day: float, hours: float, times: int = 1) -> None:
    """So many repairs that began on that day of the pilot."""
    for n in range(times):
        make_repaired(lamp, START + day * DAY + timedelta(minutes=n), hours)


def test_ac_1_2_repair_hours_are_computed_from_faults_and_never_typed():
    official = make_official()
    pilot, lamp = make_measured(official, before=(80, 92, 200))
    kpi = pilot.kpis.get()
    assert kpi.baseline == 92
    for hours, day in ((61, 3), (50, 5), (70, 9), (38, 40)):
        make_repaired(lamp, START + day * DAY, hours)
    assert measure_repairs(pilot=pilot, at=START + 45 * DAY)
    assert [(row.value, row.n) for row in kpi.readings.all()] == [(61, 3), (38, 1)]
    with pytest.raises(Refused) as error:
        record_kpi(by=official, kpi=kpi, on=END.date(), value=Decimal(1), at=END)
    assert refusal(error) == "computed"


def test_repair_hours_of_unlinked_lamps_do_not_count():
    pilot, _lamp = make_measured()
    make_repaired(make_lamp(), START + DAY, 5)
    measure_repairs(pilot=pilot, at=START + 10 * DAY)
    assert [row.value for row in pilot.kpis.get().readings.all()] == [None]


def test_repair_hours_measured_again_with_nothing_new_write_no_fact():
    pilot, lamp = make_measured()
    make_repaired(lamp, START + DAY, 5)
    assert measure_repairs(pilot=pilot, at=START + 10 * DAY)
    before = Entry.objects.count()
    assert not measure_repairs(pilot=pilot, at=START + 10 * DAY)
    assert Entry.objects.count() == before


def test_repair_hours_need_a_baseline_before_the_start():
    official = make_official()
    pilot = make_pilot(official, kpis=HOURS, conditions=[ConditionPlan("target", 1)])
    with pytest.raises(Refused) as error:
        advance_pilot(by=official, pilot=pilot, to=Stage.RUNNING, at=START)
    assert refusal(error) == "no_baseline"


def test_repair_hours_without_lamps_yet_begin_with_those_of_the_dong():
    official = make_official()
    make_repaired(make_lamp(), START - 20 * DAY, 44)
    pilot = make_pilot(official, kpis=HOURS, conditions=[ConditionPlan("target", 1)])
    pilot = advance_pilot(by=official, pilot=pilot, to=Stage.RUNNING, at=START)
    assert pilot.kpis.get().baseline == 44


def test_pilot_that_starts_once_more_keeps_what_repairs_took_before_its_first_start():
    official = make_official()
    pilot, lamp = make_measured(official)
    mend(lamp, day=1, hours=10, times=3)
    pilot = set_pilot_back(by=official, pilot=pilot, reason=REASON, at=START + 5 * DAY)
    pilot = advance_pilot(by=official, pilot=pilot, to=Stage.RUNNING, at=START + 6 * DAY)
    assert (pilot.kpis.get().baseline, pilot.started_at) == (92, START)


def test_hours_of_repairs_are_written_down_where_no_repair_is_known():
    official = make_official()
    pilot = make_pilot(official, kpis=HOURS, conditions=[ConditionPlan("target", 1)])
    day = START - DAY
    record_baseline(by=official, kpi=pilot.kpis.get(), value=Decimal(70), on=day.date(), at=day)
    pilot = advance_pilot(by=official, pilot=pilot, to=Stage.RUNNING, at=START)
    kpi = pilot.kpis.get()
    assert (kpi.baseline, kpi.baseline_on, kpi.baseline_n) == (70, day.date(), None)


def test_hours_of_repairs_that_are_known_are_not_written_down_and_win_over_what_was():
    official, lamp = make_official(), make_lamp()
    pilot = make_pilot(official, kpis=HOURS, conditions=[ConditionPlan("target", 1)])
    day = START - 30 * DAY
    record_baseline(by=official, kpi=pilot.kpis.get(), value=Decimal(70), on=day.date(), at=day)
    make_repaired(lamp, START - 20 * DAY, 44)
    with pytest.raises(Refused) as error:
        record_baseline(by=official, kpi=pilot.kpis.get(), value=Decimal(1), on=START.date(), at=START)
    assert refusal(error) == "computed"
    pilot = advance_pilot(by=official, pilot=pilot, to=Stage.RUNNING, at=START)
    assert (pilot.kpis.get().baseline, pilot.kpis.get().baseline_n) == (44, 1)


@pytest.mark.parametrize("verdict", ["stopped", "improving", "continued"])
def test_pilot_whose_lamps_never_broke_is_judged_and_not_expanded(verdict):
    official = make_official()
    pilot, _lamp = make_measured(official)
    pilot = advance_pilot(by=official, pilot=pilot, to=Stage.JUDGING, at=END)
    with pytest.raises(Refused) as error:
        decide_pilot(by=official, pilot=pilot, verdict="expanded", reason=REASON, at=END)
    assert refusal(error) == "rule_not_met"
    ends_on = (END + 30 * DAY).date()
    pilot = decide_pilot(by=official, pilot=pilot, verdict=verdict, reason=REASON, ends_on=ends_on, at=END)
    assert (pilot.stage, pilot.steps.last().basis) == (verdict, [[1, "not_yet", None, None]])


def test_one_slow_repair_of_the_last_day_does_not_judge_three_months():
    official = make_official()
    pilot, lamp = make_measured(official, conditions=RULE)
    for day in (1, 31, 61):
        mend(lamp, day=day, hours=10, times=20)
    mend(lamp, day=87, hours=72)
    pilot = advance_pilot(by=official, pilot=pilot, to=Stage.JUDGING, at=START + 91 * DAY)
    assert told(pilot) == [(10, 20), (10, 20), (10, 21)]
    assert [(one.met, one.n) for one in judged(pilot)] == [("met", 21), ("met", 61)]


def test_one_quick_repair_of_the_last_day_does_not_make_the_rule_come_true():
    official = make_official()
    pilot, lamp = make_measured(official, conditions=RULE)
    for day in (1, 31, 61):
        mend(lamp, day=day, hours=50, times=20)
    mend(lamp, day=90, hours=1)
    pilot = advance_pilot(by=official, pilot=pilot, to=Stage.JUDGING, at=START + 91 * DAY)
    assert [one.met for one in judged(pilot)] == ["not_yet", "met"]


def test_repair_while_the_pilot_is_judged_changes_nothing_and_counts_when_it_was_set_back():
    official = make_official()
    pilot, lamp = make_measured(official)
    mend(lamp, day=3, hours=10)
    pilot = advance_pilot(by=official, pilot=pilot, to=Stage.JUDGING, at=START + 20 * DAY)
    mend(lamp, day=21, hours=99)
    assert not measure_repairs(pilot=pilot, at=START + 28 * DAY)
    assert told(pilot) == [(10, 1)]
    pilot = set_pilot_back(by=official, pilot=pilot, reason=REASON, at=START + 28 * DAY)
    assert measure_repairs(pilot=pilot, at=START + 28 * DAY)
    assert told(pilot) == [(54.5, 2)]


def test_lamp_linked_later_counts_from_then_on():
    official = make_official()
    pilot, lamp = make_measured(official)
    late = make_lamp()
    mend(lamp, day=2, hours=60)
    mend(late, day=3, hours=1)
    measure_repairs(pilot=pilot, at=START + 10 * DAY)
    link_lamps(by=official, pilot=pilot, devices=[late], at=START + 10 * DAY)
    assert not measure_repairs(pilot=pilot, at=START + 10 * DAY)
    assert told(pilot) == [(60, 1)]
    mend(late, day=11, hours=20)
    assert measure_repairs(pilot=pilot, at=START + 12 * DAY)
    assert told(pilot) == [(40, 2)]


def test_repair_before_the_start_of_a_lamp_linked_later_is_no_repair_of_the_pilot():
    official = make_official()
    pilot, _lamp = make_measured(official)
    late = make_lamp()
    mend(late, day=-5, hours=1)
    link_lamps(by=official, pilot=pilot, devices=[late], at=START + DAY)
    measure_repairs(pilot=pilot, at=START + 10 * DAY)
    assert told(pilot) == [(None, 0)]


def expanded() -> tuple[Pilot, object]:
    """With one repair of ten hours in a trial of twenty days."""
    official = make_official()
    pilot, lamp = make_measured(official)
    mend(lamp, day=3, hours=10)
    pilot = advance_pilot(by=official, pilot=pilot, to=Stage.JUDGING, at=START + 20 * DAY)
    return decide_pilot(by=official, pilot=pilot, verdict="expanded", reason=REASON, at=START + 22 * DAY), lamp


def test_what_was_judged_stands_and_repairs_after_the_expansion_stand_beside_it():
    pilot, lamp = expanded()
    mend(lamp, day=21, hours=5)  # while it was judged
    mend(lamp, day=25, hours=40)
    assert measure_repairs(pilot=pilot, at=START + 30 * DAY)
    assert told(pilot) == [(10, 1), (40, 1)]
    points = series(pilot.kpis.get()).points
    assert [point.when for point in points] == [BEFORE, "", AFTER]


def test_day_of_the_expansion_itself_has_one_value():
    pilot, lamp = expanded()
    make_repaired(lamp, START + 22 * DAY, 1)
    assert not measure_repairs(pilot=pilot, at=START + 22 * DAY + timedelta(hours=2))
    assert measure_repairs(pilot=pilot, at=START + 23 * DAY)
    assert told(pilot) == [(10, 1), (1, 1)]


def test_decision_lies_never_before_what_a_played_night_has_measured():
    official = make_official()
    pilot, lamp = make_measured(official)
    mend(lamp, day=3, hours=10)
    measure_repairs(pilot=pilot, at=START + 30 * DAY)
    pilot = advance_pilot(by=official, pilot=pilot, to=Stage.JUDGING, at=START + 20 * DAY)
    pilot = decide_pilot(by=official, pilot=pilot, verdict="expanded", reason=REASON, at=START + 22 * DAY)
    assert pilot.decided_at == START + 30 * DAY


def test_what_was_expanded_is_watched_for_a_year():
    pilot, lamp = expanded()
    mend(lamp, day=400, hours=40)
    measure_repairs(pilot=pilot, at=START + 410 * DAY)
    assert [n for _value, n in told(pilot)] == [1, *[0] * 12]


def test_stopped_pilot_is_measured_no_more():
    official = make_official()
    pilot, lamp = make_measured(official)
    pilot = advance_pilot(by=official, pilot=pilot, to=Stage.JUDGING, at=END)
    pilot = decide_pilot(by=official, pilot=pilot, verdict="stopped", reason=REASON, at=END)
    mend(lamp, day=3, hours=10)
    assert not measure_repairs(pilot=pilot, at=END + DAY)


@pytest.mark.parametrize("day", [END - 9 * DAY, END + DAY])
def test_value_of_no_day_is_written_down_while_the_pilot_is_judged(day):
    official = make_official()
    pilot = make_judging(official, rate="2.8")
    kpi, late = pilot.kpis.get(position=1), {"on": day.date(), "value": Decimal("1.4"), "at": END + DAY}
    with pytest.raises(Refused) as error:
        record_kpi(by=official, kpi=kpi, **late)
    assert refusal(error) == "judging"
    set_pilot_back(by=official, pilot=pilot, reason=REASON, at=END + DAY)
    assert record_kpi(by=official, kpi=kpi, **late).on == day.date()


@pytest.mark.parametrize("day", [END - 9 * DAY, END + DAY, END + 2 * DAY])
def test_value_of_a_day_up_to_the_expansion_is_refused_after_it(day):
    official, expanded_at = make_official(), END + 2 * DAY
    pilot = decide_pilot(by=official, pilot=make_judging(official), verdict="expanded", reason=REASON, at=expanded_at)
    kpi = pilot.kpis.get(position=1)
    with pytest.raises(Refused) as error:
        record_kpi(by=official, kpi=kpi, on=day.date(), value=Decimal(9), at=END + 5 * DAY)
    assert refusal(error) == "judged"
    assert record_kpi(by=official, kpi=kpi, on=(END + 3 * DAY).date(), value=Decimal(9), at=END + 5 * DAY)
