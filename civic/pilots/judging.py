"""Is the rule met? Pure: what was fixed before the start, and what was measured since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from civic.clocks.deadlines import SEOUL

from .models import Condition, ConditionKind, Direction, Kpi, Pilot, Reading, Source
from .states import Stage

Met = Literal["met", "not_yet", "missed"]


@dataclass(frozen=True)
class Found:
    """One condition as it stands: `value` is what was measured, None where nothing was."""

    condition: Condition
    kpi: Kpi | None
    met: Met
    value: Decimal | None
    n: int | None = None


def newest(readings: Sequence[Reading]) -> Reading | None:
    """The last reading that has a value."""
    return next((reading for reading in reversed(readings) if reading.value is not None), None)


def reached(kpi: Kpi, value: Decimal) -> bool:
    """Is the target reached, on its better side?"""
    return value <= kpi.target if kpi.direction == Direction.LOWER else value >= kpi.target


def found(condition: Condition, kpi: Kpi | None, readings: Sequence[Reading], pilot: Pilot, *, on: date) -> Found:
    """One condition on a day; `readings` are those of its indicator."""
    if condition.kind == ConditionKind.DAYS:
        days = days_run(pilot, on=on)
        return Found(condition, None, _met(days >= (condition.least or 0), pilot, on), Decimal(days))
    last = newest(readings)
    assert kpi is not None  # a check constraint holds it
    if last is None or last.value is None:
        return Found(condition, kpi, _met(False, pilot, on), None)
    if condition.kind == ConditionKind.TARGET:
        return Found(condition, kpi, _met(reached(kpi, last.value), pilot, on), last.value, last.n)
    cases = cases_of(kpi, readings)
    return Found(condition, kpi, _met(cases >= (condition.least or 0), pilot, on), last.value, cases)


def cases_of(kpi: Kpi, readings: Sequence[Reading]) -> int:
    """On how many cases it rests: repairs of all periods, for what is written down those of the newest value."""
    if kpi.source == Source.REPAIR_HOURS:
        return sum(reading.n or 0 for reading in readings)
    last = newest(readings)
    return last.n or 0 if last else 0


def days_run(pilot: Pilot, *, on: date) -> int:
    """Local days from the first to `on`, or to the step into judging, both counted; none before the start."""
    last = min(on, local_day(pilot.moved_at)) if pilot.stage == Stage.JUDGING else on
    return max(0, (last - pilot.starts_on).days + 1) if pilot.started_at else 0


def expanded_on(pilot: Pilot) -> date | None:
    """The local day of its expansion: what was measured later was not judged."""
    return local_day(pilot.decided_at) if pilot.stage == Stage.EXPANDED and pilot.decided_at else None


def local_day(at: datetime) -> date:
    return at.astimezone(SEOUL).date()


def _met(holds: bool, pilot: Pilot, on: date) -> Met:
    if holds:
        return "met"
    return "not_yet" if on <= pilot.ends_on else "missed"
