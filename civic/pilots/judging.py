"""Is the rule met? Pure: what was fixed before the start, and what was measured since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from .models import Condition, ConditionKind, Direction, Kpi, Pilot, Reading

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
    return Found(condition, kpi, _met((last.n or 0) >= (condition.least or 0), pilot, on), last.value, last.n)


def days_run(pilot: Pilot, *, on: date) -> int:
    """Local days from the first to `on`, both counted; none before the start."""
    return max(0, (on - pilot.starts_on).days + 1) if pilot.started_at else 0


def _met(holds: bool, pilot: Pilot, on: date) -> Met:
    if holds:
        return "met"
    return "not_yet" if on <= pilot.ends_on else "missed"
