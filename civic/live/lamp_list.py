"""Which lamps stand in a district, and where? What a list import or a desk changes, in the order of the map's curve."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from civic.devices.models import Device, Kind

from .cells import Box, Cell, cells_in, pixel, place_on_curve


@dataclass(frozen=True)
class Lamp:
    """A place with `count` lamps; `parent` is its cabinet's number, or 0. Degrees of WGS84, or None."""

    pk: int
    tag: str
    dong: str
    lon: float | None
    lat: float | None
    count: int
    parent: int


@dataclass(frozen=True)
class Cabinet:
    """A cabinet, at its own point or else in the middle of its lamps."""

    pk: int
    tag: str
    dong: str
    lon: float | None
    lat: float | None


@dataclass(frozen=True)
class LampList:
    """Lamps with a point first, along the curve; those without one after them, by tag."""

    lamps: tuple[Lamp, ...]
    cabinets: tuple[Cabinet, ...]
    curve: tuple[int, ...]
    kept: dict[Box, bytes] = field(default_factory=dict, compare=False, repr=False)  # cells of views, as written

    @cached_property
    def version(self) -> str:
        """The same for the same lamps at the same places, in every process."""
        said = "\n".join(map(repr, (*self.lamps, *self.cabinets)))
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    @cached_property
    def place_of(self) -> dict[str, int]:
        """{tag: where it stands in `lamps`}."""
        return {lamp.tag: place for place, lamp in enumerate(self.lamps)}

    def cells(self, view: Box) -> list[tuple[Cell, float, float, int]]:
        """Cells of a view with the middle of their lamps, lon and lat, and how many lamps they are."""
        return [(cell, *self._middle(cell)) for cell in cells_in(self.curve, view)]

    def _middle(self, cell: Cell) -> tuple[float, float, int]:
        first, after = cell.first, cell.first + cell.number
        lons, lats, counts = self._sums
        lon, lat = (sums[after] - sums[first] for sums in (lons, lats))
        return lon / cell.number, lat / cell.number, round(counts[after] - counts[first])

    @cached_property
    def _sums(self) -> tuple[list[float], ...]:
        """Running sums, so that a cell's middle costs the same for two lamps and for two thousand."""
        placed = self.lamps[: len(self.curve)]
        columns = ([lamp.lon or 0 for lamp in placed], [lamp.lat or 0 for lamp in placed], [la.count for la in placed])
        return tuple([0, *accumulate(column)] for column in columns)


def read_lamps(district: str) -> LampList:
    """All devices in service: two queries."""
    rows = Device.objects.filter(district=district, retired_at__isnull=True)
    fields = ("pk", "tag", "dong", "lon", "lat", "streetlight__count", "parent")
    lamps = [
        Lamp(pk, tag, dong or "", lon, lat, count or 1, parent or 0)
        for pk, tag, dong, lon, lat, count, parent in rows.filter(kind=Kind.STREETLIGHT).values_list(*fields)
    ]
    curve = {lamp.pk: place_on_curve(*pixel(lamp.lon, lamp.lat)) for lamp in lamps if lamp.lon and lamp.lat}
    placed = sorted((lamp for lamp in lamps if lamp.pk in curve), key=lambda lamp: (curve[lamp.pk], lamp.tag))
    rest = sorted((lamp for lamp in lamps if lamp.pk not in curve), key=lambda lamp: lamp.tag)
    children: dict[int, list[Lamp]] = {}
    for lamp in placed:
        children.setdefault(lamp.parent, []).append(lamp)
    cabinets = rows.filter(kind=Kind.CABINET).order_by("tag").values_list("pk", "tag", "dong", "lon", "lat")
    found = tuple(_cabinet(Cabinet(pk, tag, dong or "", lon, lat), children) for pk, tag, dong, lon, lat in cabinets)
    return LampList((*placed, *rest), found, tuple(curve[lamp.pk] for lamp in placed))


def _cabinet(cabinet: Cabinet, children: dict[int, list[Lamp]]) -> Cabinet:
    own = children.get(cabinet.pk, [])
    if cabinet.lon is not None or not own:
        return cabinet
    lon, lat = (sum(values) / len(own) for values in ([la.lon or 0 for la in own], [la.lat or 0 for la in own]))
    return Cabinet(cabinet.pk, cabinet.tag, cabinet.dong or own[0].dong, round(lon, 6), round(lat, 6))
