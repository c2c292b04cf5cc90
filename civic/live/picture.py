"""How does a district look by its lamps, as one picture? Borders and points as SVG; the colours of the night ground."""

from collections.abc import Iterable, Sequence
from typing import Any

from civic.places.models import Boundary

from .cells import pixel
from .street import Street

WIDTH, HEIGHT, MARGIN = 820, 640, 16
# condition -> (colour, width of the point); what is not here is a small point in grey
_POINTS = {"on": ("#ffc862", 2.4), "dimmed": ("#ffc862", 1.8)}
_GREY = ("#8ea3c6", 1.6)
_SHAPES = {  # beside a point x y, in the order in which they cover each other
    "mended": '<path d="M{x} {y}m-4 0l3 3.5 5-7" fill="none" stroke="#f4f1e8" stroke-width="1.6"/>',
    "lost": '<path d="M{x} {y}m-3.5-3.5h7v7h-7z" fill="none" stroke="#f4f1e8" stroke-width="1.4"/>',
    "work": '<path d="M{x} {y}m0-5l5 5-5 5-5-5z" fill="none" stroke="#9cc0ff" stroke-width="1.6"/>',
    "with_cabinet": '<circle cx="{x}" cy="{y}" r="3.5" fill="none" stroke="#ffb5a3" stroke-width="1.4"/>',
    "fault": '<path d="M{x} {y}m0-6l6 11h-12z" fill="#ff9b85" stroke="#020c20"/>',
}

Point = tuple[float, float]


class Sheet:
    """Puts degrees on the paper: the whole district, as large as it fits."""

    def __init__(self, points: Iterable[Sequence[float]]) -> None:
        pixels = [pixel(lon, lat) for lon, lat in points]
        self._left, self._top = (min(axis) for axis in zip(*pixels, strict=True))
        wide, high = (max(axis) - min(axis) for axis in zip(*pixels, strict=True))
        self._scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
        self._x = (WIDTH - wide * self._scale) / 2
        self._y = (HEIGHT - high * self._scale) / 2

    def __call__(self, lon: float, lat: float) -> Point:
        x, y = pixel(lon, lat)
        return (
            round(self._x + (x - self._left) * self._scale, 1),
            round(self._y + (y - self._top) * self._scale, 1),
        )


def picture(street: Street) -> str:
    """The map of a district as it is now."""
    rings = list(_rings(street.district))
    on = Sheet(point for ring in rings for point in ring)
    land = "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in (on(*point) for point in ring)) + "Z" for ring in rings)
    by_condition: dict[str, list[Point]] = {}
    for lamp, how in zip(street.lamps.lamps[: len(street.lamps.curve)], street.conditions, strict=False):
        by_condition.setdefault(how, []).append(on(lamp.lon or 0, lamp.lat or 0))
    for cabinet, how in zip(street.lamps.cabinets, street.cabinets, strict=True):
        if cabinet.lon and cabinet.lat and how != "on":
            by_condition.setdefault(how, []).append(on(cabinet.lon, cabinet.lat))
    points = "".join(_points(how, found) for how, found in by_condition.items() if how not in _SHAPES)
    shapes = "".join(
        shape.format(x=f"{x:g}", y=f"{y:g}") for how, shape in _SHAPES.items() for x, y in by_condition.get(how, [])
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#020c20"/>'
        f'<path d="{land}" fill="#061a3c" stroke="#34548a" stroke-width=".8"/>{points}{shapes}</svg>'
    )


def _points(condition: str, found: Iterable[Point]) -> str:
    colour, width = _POINTS.get(condition, _GREY)
    path = "".join(f"M{x:g} {y:g}h0" for x, y in found)
    glow = f'<path d="{path}" stroke="{colour}" stroke-width="6" stroke-opacity=".14"/>' if condition == "on" else ""
    return f'<g stroke-linecap="round">{glow}<path d="{path}" stroke="{colour}" stroke-width="{width}"/></g>'


def _rings(district: str) -> Iterable[list[list[float]]]:
    for geometry in (
        Boundary.objects.filter(dong__district=district).order_by("dong").values_list("geometry", flat=True)
    ):
        shapes: list[Any] = geometry["coordinates"]
        for rings in shapes if geometry["type"] == "MultiPolygon" else [shapes]:
            yield from rings
