"""Is every lamp in exactly one cell of every zoom, and does a wide view cost no more than its cells?"""

import random

import pytest

from civic.live.cells import FINEST, box, cells_in, pixel, place_on_curve

SEOUL = (127.0, 37.55)


@pytest.fixture
def points():
    chance = random.Random(7)
    return [(SEOUL[0] + chance.random() / 10, SEOUL[1] + chance.random() / 10) for _n in range(500)]


@pytest.fixture
def curve(points):
    return sorted(place_on_curve(*pixel(*point)) for point in points)


def test_place_on_curve_interleaves_the_bits():
    assert place_on_curve(0b101, 0b011) == 0b011011
    assert place_on_curve(2**28 - 1, 0) == int("01" * 28, 2)


@pytest.mark.parametrize("zoom", [9, 12, 14, 15])
def test_cells_of_a_view_hold_each_point_once(points, curve, zoom):
    cells = cells_in(curve, box(127.0, 37.55, 127.1, 37.65, zoom))
    assert sum(cell.number for cell in cells) == len(points)
    taken = [place for cell in cells for place in range(cell.first, cell.first + cell.number)]
    assert sorted(taken) == list(range(len(points)))


@pytest.mark.parametrize("zoom", [13, 17, 19])
def test_points_of_a_cell_share_its_square(points, zoom):
    kept = sorted((place_on_curve(*pixel(*point)), pixel(*point)) for point in points)
    view = box(127.04, 37.59, 127.06, 37.61, zoom)
    for cell in cells_in([place for place, _pixel in kept], view):
        inside = {(x >> view.shift, y >> view.shift) for _place, (x, y) in kept[cell.first : cell.first + cell.number]}
        assert len(inside) == 1
        ((column, row),) = inside
        assert view.left <= column <= view.right
        assert view.top <= row <= view.bottom


def test_cell_is_half_as_wide_a_zoom_closer():
    assert box(*SEOUL, 127.1, 37.6, 16).shift - box(*SEOUL, 127.1, 37.6, 17).shift == 1
    assert box(*SEOUL, 127.1, 37.6, FINEST).shift == 6  # 64 pixels


def test_size_counts_the_cells_of_a_view():
    view = box(127.0, 37.5, 127.1, 37.6, 13)
    assert view.size == (view.right - view.left + 1) * (view.bottom - view.top + 1)


def test_edge_of_the_world_is_still_a_pixel():
    assert pixel(180, -85.2) == (2**28 - 1, 2**28 - 1)
    assert pixel(-180, 85.2) == (0, 0)
