"""How does the picture of the alley lamps come about? Open data in, one small SVG out: `python -m cms.lamps_art`."""

import csv
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LAMPS = ROOT / "fixtures/data/lights/seongdong-20210930.csv"
OUTLINE = ROOT / "fixtures/data/boundaries/seongdong-gu-2021-04.geojson"
PICTURE = ROOT / "site/livinglab/static/art/lamps-seongdong.svg"

WIDTH = 800  # drawing units; the height follows from where lamps stand
MARGIN = 10  # room for the glow of the outermost lamps
BUSY = 3  # a site with more lamps than this gets a larger point

Point = tuple[float, float]


def main() -> None:
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(draw(), encoding="utf-8")


def draw() -> str:
    """The whole picture as SVG text, the same for the same data."""
    ring = outline()
    sites = Counter(point for point in read_lamps() if inside(point, ring))
    west, north, scale = min(x for x, _ in sites), max(y for _, y in sites), _scale(sites)
    squeeze = math.cos(math.radians(north))  # a degree of longitude is shorter than one of latitude

    def place(point: Point) -> tuple[int, int]:
        """Tenths of a drawing unit from the north-western corner (equirectangular)."""
        return round((point[0] - west) * squeeze * scale * 10), round((north - point[1]) * scale * 10)

    height = round((north - min(y for _, y in sites)) * scale) + 2 * MARGIN
    few = _path(place(point) for point, lamps in sites.items() if lamps <= BUSY)
    many = _path(place(point) for point, lamps in sites.items() if lamps > BUSY)
    return _SVG.format(width=WIDTH + 2 * MARGIN, height=height, margin=MARGIN, few=few, many=many)


def read_lamps() -> Iterator[Point]:
    """(longitude, latitude) of every row that has both, in WGS84 degrees."""
    with LAMPS.open(encoding="cp949", newline="") as file:
        for row in csv.DictReader(file):
            if row["경도"] and row["위도"]:
                yield float(row["경도"]), float(row["위도"])


def outline() -> list[Point]:
    """The outer ring of the district."""
    return [(x, y) for x, y in json.loads(OUTLINE.read_text())["features"][0]["geometry"]["coordinates"][0]]


def inside(point: Point, ring: list[Point]) -> bool:
    """Whether a ray to the east crosses the ring an odd number of times."""
    x, y = point
    crossed = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed


def _scale(sites: Iterable[Point]) -> float:
    """Drawing units for one degree of latitude, so that the lamps fill the width."""
    sites = list(sites)
    west, east, north = min(x for x, _ in sites), max(x for x, _ in sites), max(y for _, y in sites)
    return WIDTH / ((east - west) * math.cos(math.radians(north)))


def _path(points: Iterable[tuple[int, int]]) -> str:
    """A round dot for each place: moves relative to the dot before, rows from north to south, so that it packs well."""
    parts, at = [], (0, 0)
    for x, y in sorted(set(points), key=lambda place: (place[1] // 40, place[0])):
        parts.append(f"m{x - at[0]} {y - at[1]}h0")
        at = (x, y)
    return "".join(parts)


_SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">
<defs><filter id="g" x="-5%" y="-5%" width="110%" height="110%"><feGaussianBlur stdDeviation="4"/></filter>
<g id="l" fill="none" stroke-linecap="round" transform="translate({margin} {margin}) scale(.1)">
<path stroke-width="23" d="{few}"/>
<path stroke-width="36" d="{many}"/>
</g></defs>
<use href="#l" stroke="#ffb636" opacity=".8" filter="url(#g)"/>
<use href="#l" stroke="#ffc862"/>
</svg>
"""

if __name__ == "__main__":
    main()
