"""What does an indicator show: which values, how far from its target, better or not? Pure: rows in, plain data out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from civic.texts import with_unit

from .judging import expanded_on, reached
from .models import Direction, Kpi, Reading, Source

BEFORE = gettext_lazy("before the start")
WRITTEN_BEFORE = gettext_lazy("before the start, written down by the department")
AFTER = gettext_lazy("after the expansion")


@dataclass(frozen=True)
class Point:
    """One value: `gap` is its distance from the target with its sign, `good` whether the target is reached.

    `when` says that it is of before the start, or of after the expansion.
    """

    on: date
    value: Decimal | None
    text: str
    n: int | None
    gap: str
    good: bool
    note: str
    when: str | Promise


@dataclass(frozen=True)
class Series:
    """One indicator for a page. `points` begin with the baseline; one without a value is a gap."""

    position: int
    name: str
    unit: str
    lower: bool
    computed: bool
    target: Decimal
    target_text: str
    points: tuple[Point, ...]

    @property
    def valued(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.value is not None)

    @property
    def first(self) -> Point | None:
        return self.settled[0] if self.settled else None

    @property
    def judged(self) -> tuple[Point, ...]:
        """Without what was measured after the expansion: it leaves the verdict's words as they were."""
        return tuple(point for point in self.points if point.when is not AFTER)

    @property
    def settled(self) -> tuple[Point, ...]:
        """What is drawn: the values up to the verdict."""
        return tuple(point for point in self.judged if point.value is not None)

    @property
    def last(self) -> Point | None:
        return self.settled[-1] if self.settled else None

    @property
    def reached(self) -> bool:
        return self.last is not None and self.last.good

    @property
    def cases(self) -> int:
        """On how many cases or answers all values rest that were judged."""
        return sum(point.n or 0 for point in self.judged)

    @property
    def counted(self) -> bool:
        return any(point.n is not None for point in self.points)

    @property
    def noted(self) -> bool:
        """Whether anybody wrote what was done."""
        return any(point.note for point in self.points)

    @property
    def said(self) -> str:
        """The whole picture in one sentence, for those who do not see it."""
        values = ", ".join(f"{point.on.isoformat()} {with_unit(point.text, self.unit)}" for point in self.settled)
        return _("%(name)s: %(values)s. Target %(target)s.") % {
            "name": self.name,
            "values": values,
            "target": with_unit(self.target_text, self.unit),
        }


def series(kpi: Kpi) -> Series:
    """One indicator with its readings, which were fetched with it."""
    judged = expanded_on(kpi.pilot)
    rows = kpi.readings.all()
    points = [_point(kpi, row, AFTER if judged and row.on > judged else "") for row in rows]
    if kpi.baseline is not None and kpi.baseline_on is not None:
        before = Reading(on=kpi.baseline_on, value=kpi.baseline, n=kpi.baseline_n)
        points.insert(0, _point(kpi, before, _before_words(kpi)))
    return Series(
        position=kpi.position,
        name=kpi.name,
        unit=unit_of(kpi),
        lower=kpi.direction == Direction.LOWER,
        computed=kpi.source == Source.REPAIR_HOURS,
        target=kpi.target,
        target_text=number(kpi.target),
        points=tuple(points),
    )


def unit_of(kpi: Kpi) -> str:
    """As the department wrote it, in Korean; what is computed here has a word in each language."""
    return _("hours") if kpi.source == Source.REPAIR_HOURS and get_language() != "ko" else kpi.unit


def number(value: Decimal) -> str:
    """19.5, 540, 1,200: no zeros that say nothing."""
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def _before_words(kpi: Kpi) -> Promise:
    """A baseline of what is computed elsewhere was written down where no repair was known."""
    return WRITTEN_BEFORE if kpi.source == Source.REPAIR_HOURS and kpi.baseline_n is None else BEFORE


def _point(kpi: Kpi, row: Reading, when: str | Promise) -> Point:
    if row.value is None:
        return Point(row.on, None, "", row.n, "", False, row.note, when)
    gap = row.value - kpi.target
    signed = "0" if gap == 0 else f"{'+' if gap > 0 else '−'}{number(abs(gap))}"
    return Point(row.on, row.value, number(row.value), row.n, signed, reached(kpi, row.value), row.note, when)
