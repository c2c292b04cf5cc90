"""Does the reader of lists account for every line, whatever quotes and numbers it holds?"""

from itertools import product

import pytest

from civic.devices.official_list import LOT, ROAD, Listed, read_list
from tests.civic.devices.conftest import HEADER, row

STRAY = {
    "inside a cell": '무학로 5" 관',
    "at the start of a cell": '"무학로 5',
    "at the end of a cell": '무학로 5"',
    "two at the start": '""무학로',
    "quoted, then more": '"무학로" 5',
}


def read(*rows: str, newline: str = "\n") -> Listed:
    return read_list((newline.join([HEADER, *rows]) + newline).encode())


def plain(number: int) -> list[str]:
    return [row(f"01-17-{n:02}") for n in range(number)]


@pytest.mark.parametrize("between", [0, 1, 2, 3])
@pytest.mark.parametrize(("first", "second"), product(STRAY, STRAY))
@pytest.mark.parametrize("columns", list(product(["road", "lot", "mounting"], repeat=2)), ids="-".join)
def test_stray_quotes_lose_no_row(between, first, second, columns):
    rows = plain(8)
    for place, kind, column in zip((2, 3 + between), (first, second), columns, strict=True):
        rows[place] = row(f"01-17-{place:02}", **{column: STRAY[kind]})
    listed = read(*rows)
    seen = sorted([*(lamp.row for lamp in listed.lamps), *(remark.row for remark in listed.quarantined)])
    assert (listed.read, seen) == (8, list(range(2, 10)))
    assert [lamp.source for lamp in listed.lamps] == [rows[lamp.row - 2] for lamp in listed.lamps]


@pytest.mark.parametrize("between", [0, 1, 2])
def test_inch_marks_are_part_of_their_cell(between):
    rows = plain(8)
    for place in (2, 3 + between):
        rows[place] = row(f"01-17-{place:02}", road='길 5" 관')
    listed = read(*rows)
    assert [lamp.cells[ROAD] for lamp in listed.lamps].count('길 5" 관') == 2
    assert (len(listed.lamps), listed.quarantined) == (8, [])


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("address", ["무학로 50{}2층", "무학로{}50{}2층", '무학로 ""50""{}2층'])
def test_line_end_in_a_quoted_cell_is_part_of_it(newline, address):
    told = address.replace("{}", newline)
    rows = plain(4)
    rows[1] = row("01-17-01", road=f'"{told}"', lot="하왕십리동 258")
    listed = read(*rows, newline=newline)
    assert (listed.read, len(listed.lamps), listed.quarantined) == (4, 4, [])
    assert (listed.lamps[1].cells[ROAD], listed.lamps[1].cells[LOT]) == (told.replace('""', '"'), "하왕십리동 258")
    assert listed.lamps[2].row == 4 + address.count("{}")


@pytest.mark.parametrize("place", [0, 10])
def test_line_end_in_the_first_or_last_cell_is_part_of_it(place):
    cells = row("01-17-00").split(",")
    cells[place] = f'"{cells[place]}\n둘째 줄"'
    listed = read(",".join(cells), *plain(2)[1:])
    assert (listed.read, len(listed.lamps)) == (2, 2)


def test_inch_mark_before_a_quoted_line_end_takes_nothing_along():
    rows = [row("01-17-00", road='길 5" 관'), row("01-17-01", road='"무학로 50\n2층"'), row("01-17-02")]
    listed = read(*rows)
    assert [(lamp.row, lamp.source) for lamp in listed.lamps] == list(zip((2, 3, 5), rows, strict=True))


COUNTS = {
    "200": 200,
    "200.0": 200,
    "200등": 200,
    "200 등": 200,
    '"1,000"': 1_000,
    '"1,000등"': 1_000,
    "３": 3,
    "1개": 1,
}


@pytest.mark.parametrize(("told", "count"), COUNTS.items())
def test_count_as_spreadsheets_write_it_is_read(told, count):
    listed = read(row("01-17-00", count=told))
    assert (listed.lamps[0].count, listed.flagged) == (count, [])


@pytest.mark.parametrize("told", ["200.5", '"1,00"', '"1,0000"', "약 200", "2~3", "1e3", "1_000", "100001", "등"])
def test_count_that_is_none_is_one_and_flagged(told):
    listed = read(row("01-17-00", count=told))
    assert (listed.lamps[0].count, [remark.row for remark in listed.flagged]) == (1, [2])


def test_coordinate_with_an_underscore_is_no_number():
    listed = read(row("01-17-00", "37_5691083", "127.0326723"))
    assert [remark.reason for remark in listed.flagged] == ["coordinates are not numbers"]
    assert listed.lamps[0].point is None
