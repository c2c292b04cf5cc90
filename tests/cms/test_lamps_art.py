"""The picture of the alley lamps: small, repeatable, and nothing in it that is not in the data."""

import gzip
import re

from cms.lamps_art import PICTURE, draw, inside, outline, read_lamps


def test_draw_same_data_gives_the_committed_picture():
    assert draw() == PICTURE.read_text(encoding="utf-8")


def test_draw_packed_stays_within_sixty_kilobytes():
    assert len(gzip.compress(draw().encode(), 9)) <= 60_000


def test_draw_every_site_in_the_district_is_one_dot_inside_the_frame():
    picture = draw()
    width, height = map(int, re.search(r'viewBox="0 0 (\d+) (\d+)"', picture).groups())
    dots = 0
    for path in re.findall(r' d="([^"]*)"', picture):
        x = y = 0
        for dx, dy in re.findall(r"m(-?\d+) (-?\d+)h0", path):
            x, y, dots = x + int(dx), y + int(dy), dots + 1
            assert 0 <= x <= width * 10
            assert 0 <= y <= height * 10
    sites = {point for point in read_lamps() if inside(point, outline())}
    assert (len(sites) - 10, len(sites)) <= (dots, dots)  # a few sites fall on the same tenth of a unit
    assert dots <= len(sites)


def test_read_lamps_rows_without_a_coordinate_are_left_out():
    assert len(list(read_lamps())) == 7_443 - 1_206 - 13


def test_inside_a_square_tells_in_from_out():
    square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
    assert [inside(point, square) for point in ((0.5, 0.5), (1.5, 0.5), (-0.1, 0.5))] == [True, False, False]
