"""Which lamps lie together on a map at this zoom? Along a Z-order curve each cell of a grid is one run; pure.

Places are pixels of Web Mercator (EPSG:3857, 256 a tile) at FINEST. Interleaving their bits puts all that share a
cell of 2^k pixels side by side, for every k: a cell at any zoom is found by two searches in one sorted list.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import asinh, pi, radians, tan

FINEST = 20  # zoom; a pixel is 0.12 m in Seoul
SIDE = 6  # a cell is 2^6 pixels wide: room for a finger, and for a lamp alone at the closest zoom
_WORLD = 1 << (FINEST + 8)


@dataclass(frozen=True)
class Cell:
    """Lamps `first` to `first + number - 1` of the sorted list."""

    first: int
    number: int


@dataclass(frozen=True)
class Box:
    """Cells of one zoom: columns and rows, the last ones included. `shift` bits of a pixel are inside a cell."""

    shift: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> int:
        return (self.right - self.left + 1) * (self.bottom - self.top + 1)


def pixel(lon: float, lat: float) -> tuple[int, int]:
    """Where a point in WGS84 degrees lies, in pixels at FINEST."""
    x = (lon + 180) / 360 * _WORLD
    y = (1 - asinh(tan(radians(lat))) / pi) / 2 * _WORLD
    return min(_WORLD - 1, max(0, int(x))), min(_WORLD - 1, max(0, int(y)))


def place_on_curve(x: int, y: int) -> int:
    """The bits of both, x in the lower place of each pair."""
    return _spread(x) | _spread(y) << 1


def box(west: float, south: float, east: float, north: float, zoom: int) -> Box:
    """The cells that a view in WGS84 degrees touches."""
    shift = FINEST - zoom + SIDE
    left, top = pixel(west, north)
    right, bottom = pixel(east, south)
    return Box(shift, left >> shift, top >> shift, right >> shift, bottom >> shift)


def cells_in(curve: Sequence[int], view: Box) -> list[Cell]:
    """Cells of the view that hold something; `curve` is sorted. The work is bounded by the cells, not by the lamps."""
    found = []
    for row in range(view.top, view.bottom + 1):
        for column in range(view.left, view.right + 1):
            start = place_on_curve(column, row) << 2 * view.shift
            first = bisect_left(curve, start)
            after = bisect_left(curve, start + (1 << 2 * view.shift), first)
            if after > first:
                found.append(Cell(first, after - first))
    return found


def _spread(number: int) -> int:
    """A zero before each of 32 bits."""
    number = (number | number << 16) & 0x0000FFFF0000FFFF
    number = (number | number << 8) & 0x00FF00FF00FF00FF
    number = (number | number << 4) & 0x0F0F0F0F0F0F0F0F
    number = (number | number << 2) & 0x3333333333333333
    return (number | number << 1) & 0x5555555555555555
