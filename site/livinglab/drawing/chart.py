"""How does an indicator look over time? Drawn from plain data: a line with its target, a small line, a few bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from civic.pilots.series import Point, Series
from civic.texts import in_korean, with_unit

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True)
class Frame:
    """The box of a picture and the part of it that holds the values."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int


WIDE = Frame(680, 320, 60, 586, 34, 276)
NARROW = Frame(340, 300, 44, 254, 34, 254)
SMALL = Frame(340, 90, 8, 324, 12, 78)


@dataclass(frozen=True)
class Linear:
    """Days along, values from zero upward: a truncated axis would make a small change look large."""

    frame: Frame
    points: Sequence[Point]
    top: Decimal

    def x(self, point: Point) -> float:
        first, last = self.points[0].on, self.points[-1].on
        share = (point.on - first).days / max(1, (last - first).days)
        return round(self.frame.left + share * (self.frame.right - self.frame.left), 1)

    def y(self, value: Decimal) -> float:
        share = float(min(max(value, Decimal(0)), self.top) / self.top)
        return round(self.frame.bottom - share * (self.frame.bottom - self.frame.top), 1)


def kpi_chart(series: Series) -> SafeString:
    """The line up to the verdict with its target, once for a wide page and once for a phone; one sentence says it all.

    What was measured after the expansion stands in the table below, which says so.
    """
    if not series.last:
        return SafeString("")
    pictures = format_html_join("", "{}", ((_picture(series, frame, name),) for frame, name in _FRAMES))
    return format_html('<div class="chart" role="img" aria-label="{}">{}</div>', series.said, pictures)


def kpi_line(series: Series) -> SafeString:
    """A small line up to the verdict, without words, for a card that says its figures itself."""
    if not series.last:
        return SafeString("")
    scale = Linear(SMALL, series.settled, _top(series))
    parts = [
        _goal(series, scale, words=False),
        _run(series.judged, scale),
        _dot(series.last, scale, "chart-now", 8),
    ]
    return _svg(SMALL, "chart-small", "".join(parts))


def kpi_bars(series: Series) -> SafeString:
    """One bar a value up to the verdict, the last one amber: for the front door."""
    top = _top(series)
    gap = with_unit("", series.unit)
    rows = ((_when(p), _bar(p, top, p == series.last), p.text, in_korean(gap)) for p in series.settled)
    bars = format_html_join(
        "", '<li><span class="bar-when">{}</span>{}<b class="bar-value tabular"><span>{}</span>{}</b></li>', rows
    )
    return format_html('<ol class="kpi-bars">{}</ol>', bars)


_FRAMES = ((WIDE, "chart-wide"), (NARROW, "chart-narrow"))


def _picture(series: Series, frame: Frame, name: str) -> SafeString:
    scale = Linear(frame, series.settled, _top(series))
    parts = [
        _axis(series, scale, frame),
        _goal(series, scale, words=True),
        _run(series.judged, scale),
        *(_dot(point, scale, "chart-then", 6) for point in series.settled[:-1]),
        *(_value(point, scale, "chart-value", 10, -10) for point in series.settled[:-1]),
        _dot(series.settled[-1], scale, "chart-now", 9),
        _value(series.settled[-1], scale, "chart-last", 16, 9),
        _days(series.settled, scale, frame),
    ]
    return _svg(frame, name, "".join(parts))


def _svg(frame: Frame, name: str, inner: str) -> SafeString:
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true" focusable="false">{}</svg>',
        name,
        frame.width,
        frame.height,
        frame.width,
        frame.height,
        mark_safe(inner),  # noqa: S308 - numbers, and words that were escaped where they came in
    )


def _top(series: Series) -> Decimal:
    """The next round number above everything that is shown."""
    highest = max([series.target, *(p.value for p in series.settled if p.value is not None)])
    return _step(highest) * 4


def _step(highest: Decimal) -> Decimal:
    """A quarter of the axis: 1, 2, 2.5, 5 times a power of ten."""
    quarter = max(highest, Decimal("0.01")) / 4
    power = Decimal(10) ** quarter.adjusted()
    return next(step * power for step in STEPS if step * power >= quarter)


def _axis(series: Series, scale: Linear, frame: Frame) -> str:
    quarter = scale.top / 4
    lines = []
    for n in range(5):
        y = scale.y(quarter * n)
        lines.append(f'<path class="chart-{"rule" if n else "base"}" d="M{frame.left} {y}H{frame.right + 16}"/>')
        text = f"{quarter * n:f}".rstrip("0").rstrip(".") if "." in f"{quarter * n:f}" else f"{quarter * n:f}"
        lines.append(f'<text class="chart-tick" x="{frame.left - 10}" y="{y + 5}" text-anchor="end">{text}</text>')
    unit = format_html('<text class="chart-tick" x="0" y="16">{}</text>', series.unit)
    return "".join(lines) + unit


def _goal(series: Series, scale: Linear, *, words: bool) -> str:
    """The target as a dashed line, its better side tinted."""
    frame, y = scale.frame, scale.y(series.target)
    far = frame.bottom if series.lower else frame.top
    top, height = min(y, far), abs(far - y)
    width = frame.right + 16 - frame.left
    tint = f'<rect class="chart-good" x="{frame.left}" y="{top}" width="{width}" height="{round(height, 1)}"/>'
    line = f'<path class="chart-goal" d="M{frame.left} {y}h{width}"/>'
    if not words:
        return tint + line
    label = _("target at most %(n)s") if series.lower else _("target at least %(n)s")
    place = y + 20 if height > 26 and series.lower else y - 8
    text = format_html(
        '<text class="chart-goal-words" x="{}" y="{}">{}</text>',
        frame.left + 8,
        place,
        label % {"n": with_unit(series.target_text, series.unit)},
    )
    return tint + line + text


def _run(points: Sequence[Point], scale: Linear) -> str:
    """The line; where a value is missing there is a gap."""
    drawn, pen = "", "M"
    for point in points:
        if point.value is None:
            pen = "M"
            continue
        drawn += f"{pen}{scale.x(point)} {scale.y(point.value)}"
        pen = "L"
    return f'<path class="chart-run" d="{drawn}"/>'


def _dot(point: Point, scale: Linear, name: str, radius: int) -> str:
    assert point.value is not None  # only values are drawn
    return f'<circle class="{name}" cx="{scale.x(point)}" cy="{scale.y(point.value)}" r="{radius}"/>'


def _value(point: Point, scale: Linear, name: str, dx: int, dy: int) -> str:
    assert point.value is not None  # only values are drawn
    return f'<text class="{name}" x="{scale.x(point) + dx}" y="{scale.y(point.value) + dy}">{point.text}</text>'


def _days(points: Sequence[Point], scale: Linear, frame: Frame) -> str:
    """The days below, those that would run into each other left out; the last one always stands."""
    apart, words, free = 70, [], float(frame.width)
    for point in reversed(points):
        x = scale.x(point)
        if free - x >= apart or point is points[-1]:
            day = f"{point.on.month}.{point.on.day}"
            words.append(f'<text class="chart-tick" x="{x}" y="{frame.bottom + 26}" text-anchor="middle">{day}</text>')
            free = x
    return "".join(words)


def _bar(point: Point, top: Decimal, now: bool) -> SafeString:
    """Every bar in a box of the same width, so that lengths compare however narrow the page is."""
    assert point.value is not None  # only values are drawn
    share = max(1, round(300 * float(point.value / top)))
    return mark_safe(  # noqa: S308 - numbers only
        f'<svg class="{"bar-now" if now else "bar-then"}" viewBox="0 0 300 36" width="300" height="36"'
        f' preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect width="{share}" height="36"/></svg>'
    )


def _when(point: Point) -> str:
    return date_format(point.on, "MONTH_DAY_FORMAT")
