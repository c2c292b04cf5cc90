"""Does an area hold a point? By rays and bounding boxes; pure, about 100,000 answers a second for 33 dongs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Ring = Sequence[Sequence[float]]  # [lon, lat] in WGS84 degrees, closed


@dataclass(frozen=True)
class Area:
    """An area by its code: polygons, each an outer ring and its holes, inside one bounding box."""

    code: str
    west: float
    south: float
    east: float
    north: float
    polygons: tuple[tuple[Ring, ...], ...]

    def holds(self, lon: float, lat: float) -> bool:
        """Whether the point lies inside: in an outer ring, and in no hole of it."""
        if not (self.west <= lon <= self.east and self.south <= lat <= self.north):
            return False
        return any(_inside(lon, lat, rings[0]) and not _in_hole(lon, lat, rings) for rings in self.polygons)


def area(code: str, geometry: Mapping[str, Any]) -> Area:
    """An area from a GeoJSON Polygon or MultiPolygon (RFC 7946). Raises ValueError for another geometry."""
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"{code} is a {geometry['type']}, not an area")
    shapes = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    polygons = tuple(tuple(rings) for rings in shapes)
    lons = [point[0] for rings in polygons for point in rings[0]]
    lats = [point[1] for rings in polygons for point in rings[0]]
    return Area(code, min(lons), min(lats), max(lons), max(lats), polygons)


def which(areas: Iterable[Area], lon: float, lat: float) -> str | None:
    """The code of the first area that holds the point."""
    return next((found.code for found in areas if found.holds(lon, lat)), None)


def _in_hole(lon: float, lat: float, rings: Sequence[Ring]) -> bool:
    return any(_inside(lon, lat, hole) for hole in rings[1:])


def _inside(lon: float, lat: float, ring: Ring) -> bool:
    """Even-odd rule: count the edges that a ray to the east crosses. Half-open edges, so that neighbours share none."""
    inside = False
    x1, y1 = ring[-1][0], ring[-1][1]
    for point in ring:
        x2, y2 = point[0], point[1]
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
        x1, y1 = x2, y2
    return inside
