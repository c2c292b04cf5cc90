"""How does the neighbourhood of a lamp look? Borders, lamps as points of light, this lamp in the middle; no tiles."""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from civic.faults.surroundings import HEIGHT, WIDTH, Point, Surroundings

_LIT, _WRONG = ("on", "dimmed"), ("fault", "with_cabinet")
_RING, _EDGE = 8, 9  # metres: a lamp that is dark with others; half the side of a triangle


def lamp_map(view: Surroundings) -> SafeString:
    """A picture with its sentence; what it shows is told in words beside it."""
    lit = [point for look in _LIT for point in view.lamps.get(look, [])]
    rest = [point for look, there in view.lamps.items() if look not in _LIT + _WRONG for point in there]
    parts = [
        f'<path class="map-land" d="{"".join(_line(border) for border in view.borders)}"/>',
        f'<path class="map-dark" d="{_dots(rest)}"/>',
        f'<path class="map-glow" d="{_dots(lit)}"/><path class="map-lit" d="{_dots(lit)}"/>',
        "".join(_ring(point) for point in view.lamps.get("with_cabinet", [])),
        _circle(view.circle),
        "".join(_triangle(point) for point in view.lamps.get("fault", [])),
        f'<circle class="map-here" cx="{view.here[0]}" cy="{view.here[1]}" r="14"/>',
    ]
    return format_html(
        '<svg class="lamp-map" viewBox="0 0 {} {}" preserveAspectRatio="xMidYMid slice" role="img"'
        ' aria-label="{}">{}</svg>',
        WIDTH,
        HEIGHT,
        _sentence(view.every, view.wrong),
        mark_safe("".join(parts)),  # noqa: S308 - numbers and constants only
    )


def _sentence(every: int, wrong: int) -> str:
    lamps = ngettext("Map: %(n)s other lamp around here.", "Map: %(n)s other lamps around here.", every) % {"n": every}
    if not wrong:
        return lamps
    return f"{lamps} " + (ngettext("%(n)s of them has a fault.", "%(n)s of them have a fault.", wrong) % {"n": wrong})


def _line(points: Iterable[Point]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points) + "Z"


def _dots(points: Iterable[Point]) -> str:
    return "".join(f"M{x} {y}h0" for x, y in points)


def _ring(point: Point) -> str:
    return f'<circle class="map-ring" cx="{point[0]}" cy="{point[1]}" r="{_RING}"/>'


def _triangle(point: Point) -> str:
    x, y = point
    return f'<path class="map-fault" d="M{x} {y - _EDGE}l{_EDGE} {2 * _EDGE}h-{2 * _EDGE}z"/>'


def _circle(circle: tuple[int, int, int] | None) -> str:
    if circle is None:
        return ""
    x, y, radius = circle
    return f'<circle class="map-together" cx="{x}" cy="{y}" r="{radius}"/>'
