"""What is a pilot to be? Its words, indicators and conditions, tidied before any rule looks at them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from civic.texts import clean_html, clean_line

from .models import ConditionKind, Direction, Source


@dataclass(frozen=True)
class KpiPlan:
    """One indicator. `baseline` may follow later, but before the start."""

    name: str
    unit: str
    direction: str
    target: Decimal
    source: str = Source.RECORDED
    baseline: Decimal | None = None


@dataclass(frozen=True)
class ConditionPlan:
    """One condition; `kpi` is the place of its indicator in the plan, counted from 1, and 0 for days."""

    kind: str
    kpi: int = 0
    least: int | None = None


@dataclass(frozen=True)
class PilotPlan:
    """All that is fixed when a pilot is planned."""

    slug: str
    title: str
    summary: str
    starts_on: date
    ends_on: date
    kpis: tuple[KpiPlan, ...]
    conditions: tuple[ConditionPlan, ...]
    planned_devices: str = ""


def pilot_plan(
    *,
    slug: str,
    title: str,
    summary: str,
    starts_on: date,
    ends_on: date,
    kpis: Iterable[KpiPlan],
    conditions: Iterable[ConditionPlan],
    planned_devices: str = "",
) -> PilotPlan:
    """The plan with clean words; the same indicators and conditions."""
    return PilotPlan(
        slug=slug.strip().lower(),
        title=clean_line(title),
        summary=clean_html(summary),
        starts_on=starts_on,
        ends_on=ends_on,
        kpis=tuple(_tidy(kpi) for kpi in kpis),
        conditions=tuple(conditions),
        planned_devices=clean_line(planned_devices),
    )


def _tidy(kpi: KpiPlan) -> KpiPlan:
    return KpiPlan(
        name=clean_line(kpi.name),
        unit=clean_line(kpi.unit),
        direction=kpi.direction,
        target=kpi.target,
        source=kpi.source,
        baseline=kpi.baseline,
    )


DIRECTIONS = frozenset(Direction.values)
SOURCES = frozenset(Source.values)
KINDS = frozenset(ConditionKind.values)
