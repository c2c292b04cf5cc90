"""Does an area hold a point? Rings, holes, edges between neighbours, and speed."""

import time

import pytest

from civic.places.polygons import area, which

SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
HOLE = [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]]
NEXT = [[4, 0], [8, 0], [8, 4], [4, 4], [4, 0]]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": rings}


@pytest.mark.parametrize(("lon", "lat", "inside"), [(3, 3, True), (5, 3, False), (1.5, 1.5, False), (-1, 2, False)])
def test_area_with_a_hole_holds_what_is_around_it(lon, lat, inside):
    assert area("a", polygon(SQUARE, HOLE)).holds(lon, lat) is inside


def test_area_of_two_parts_holds_both():
    both = area("a", {"type": "MultiPolygon", "coordinates": [[SQUARE], [NEXT]]})
    assert [both.holds(1, 3), both.holds(7, 3), both.holds(9, 3)] == [True, True, False]


def test_area_on_a_shared_edge_belongs_to_one_neighbour():
    neighbours = [area("west", polygon(SQUARE)), area("east", polygon(NEXT))]
    assert [sum(a.holds(4, lat) for a in neighbours) for lat in (0.5, 2, 3.9)] == [1, 1, 1]


def test_area_of_a_line_is_refused():
    with pytest.raises(ValueError, match="not an area"):
        area("a", {"type": "LineString", "coordinates": SQUARE})


def test_which_answers_for_eight_thousand_points_in_two_seconds():
    ring = [[127 + (n % 60) / 1000, 37 + n / 60_000] for n in range(120)]
    areas = [area(str(n), polygon([*ring, ring[0]])) for n in range(33)]
    began = time.perf_counter()
    for n in range(8_000):
        which(areas, 127 + n / 8_000 * 0.06, 37.001)
    assert time.perf_counter() - began < 2
