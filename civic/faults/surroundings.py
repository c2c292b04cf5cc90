"""What lies around a lamp? Its neighbours and the borders of dongs inside a window, in metres, for a small map."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import cos, hypot, radians

from civic.devices.condition import condition
from civic.devices.models import Device
from civic.devices.queries import lamps_within
from civic.places.models import Boundary

WIDTH, HEIGHT = 680, 444  # metres: a walk of four minutes on each side
METRES = 111_320  # of one degree of latitude
MARGIN = 18  # metres between the outermost dark lamp and the circle around them

Point = tuple[int, int]  # metres east and south of the window's north-western corner


@dataclass(frozen=True)
class Surroundings:
    """Lamps by how they look, this one, and borders as lines of points."""

    here: Point
    borders: list[list[Point]]
    lamps: dict[str, list[Point]] = field(default_factory=dict)
    circle: tuple[int, int, int] | None = None  # middle and radius of what is dark together

    @property
    def every(self) -> int:
        return sum(len(points) for points in self.lamps.values())

    @property
    def wrong(self) -> int:
        return len(self.lamps.get("fault", [])) + len(self.lamps.get("with_cabinet", []))


@dataclass(frozen=True)
class _Window:
    west: float
    north: float
    squeeze: float  # a degree of longitude is shorter than one of latitude

    def place(self, lon: float, lat: float) -> Point:
        return round((lon - self.west) * self.squeeze * METRES), round((self.north - lat) * METRES)


def around(device: Device) -> Surroundings | None:
    """The window around a device; None where its place is not known. Two queries."""
    if device.lat is None or device.lon is None:
        return None
    squeeze = cos(radians(device.lat))
    half_lon, half_lat = WIDTH / 2 / METRES / squeeze, HEIGHT / 2 / METRES
    window = _Window(device.lon - half_lon, device.lat + half_lat, squeeze)
    box = (window.west, device.lat - half_lat, device.lon + half_lon, window.north)
    lamps = _by_look(device, window, box)
    return Surroundings(
        (WIDTH // 2, HEIGHT // 2), list(_borders(window, box)), lamps, _circle(lamps.get("with_cabinet", []))
    )


def _by_look(device: Device, window: _Window, box: tuple[float, float, float, float]) -> dict[str, list[Point]]:
    """{condition: places}; lamps of the same dead cabinet are told apart. More lamps on one point are one place."""
    found: dict[str, set[Point]] = {}
    cabinet = open_codes(device.parent)
    rows = lamps_within(*box).select_related("parent__state")
    for lamp in rows:
        if lamp.pk == device.pk:
            continue
        same = device.parent_id is not None and lamp.parent_id == device.parent_id
        above = cabinet if same else open_codes(lamp.parent)
        power = lamp.state.power_state if hasattr(lamp, "state") else ""
        look = condition(power=power, findings=open_codes(lamp), cabinet=above)
        found.setdefault(look, set()).add(window.place(lamp.lon or 0, lamp.lat or 0))
    return {look: sorted(points) for look, points in found.items()}


def open_codes(device: Device | None) -> list[str]:
    """What is found wrong with a device right now, from what its judge remembers."""
    if device is None or not hasattr(device, "state"):
        return []
    return list(device.state.judged.get("open", []))


def _borders(window: _Window, box: tuple[float, float, float, float]) -> Iterator[list[Point]]:
    """Outer rings of the dongs that touch the window."""
    west, south, east, north = box
    near = Boundary.objects.filter(west__lte=east, east__gte=west, south__lte=north, north__gte=south)
    for geometry in near.order_by("dong").values_list("geometry", flat=True):
        shapes = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        for rings in shapes:
            yield [window.place(lon, lat) for lon, lat in (point[:2] for point in rings[0])]


def _circle(points: Iterable[Point]) -> tuple[int, int, int] | None:
    there = list(points)
    if not there:
        return None
    x, y = (round(sum(axis) / len(there)) for axis in zip(*there, strict=True))
    return x, y, round(max(hypot(x - px, y - py) for px, py in there)) + MARGIN
