"""Is the importer total? Every hostile file ends in a report with row numbers, never in a traceback."""

from dataclasses import asdict

import pytest

from civic.devices.difference import Report
from civic.devices.models import Device
from civic.devices.official_list import Remark
from civic.devices.queries import lamps
from tests.civic.devices.conftest import HEADER, counts, row

pytestmark = pytest.mark.django_db

UNREADABLE = {
    "empty": b"",
    "blank": b" \r\n\n",
    "not text": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "no encoding": b"\xff\xfe\xfd\xfc",
    "another table": "이름,나이\n민지,30\n".encode(),
    "JSON": b'{"lights": []}',
    "an open quote": b'"' + b"x" * 300_000,
    "header twice": (HEADER + "," + HEADER + "\n").encode(),
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_file_that_is_no_list_changes_nothing_and_says_why(imported, listing, tmp_path, data):
    imported(listing(row("01-17-01")))
    path = tmp_path / "hostile"
    path.write_bytes(data)
    report = imported(path)
    assert report["failed"].endswith("Nothing was changed.")
    assert report["quarantined"] == [{"row": 1, "reason": report["failed"]}]
    assert lamps("11200").count() == 1


NO_FILES = {
    ".": "The file cannot be read: Is a directory.",
    "gone": "The file cannot be read: No such file or directory.",
}


@pytest.mark.parametrize(("name", "why"), NO_FILES.items())
def test_file_that_is_not_there_fails_with_a_sentence_in_an_empty_report(imported, tmp_path, name, why):
    assert imported(tmp_path / name) == asdict(Report(quarantined=[Remark(1, why)])) | {"failed": why}


def test_unknown_district_fails_with_a_sentence_in_an_empty_report(imported, listing):
    why = "There is no district '99999' here."
    report = imported(listing(row("01-17-01")), "99999")
    assert report == asdict(Report(quarantined=[Remark(1, why)])) | {"failed": why}


def test_header_without_rows_changes_nothing_and_says_why(imported, listing):
    imported(listing(row("01-17-01")))
    report = imported(listing())
    assert report["quarantined"] == [{"row": 1, "reason": "The list holds no usable row. Nothing was changed."}]
    assert (report["failed"], lamps("11200").count()) == (report["quarantined"][0]["reason"], 1)


def test_list_of_broken_rows_alone_retires_nobody(imported, listing):
    imported(listing(row("01-17-01")))
    report = imported(listing("broken", "x,y"))
    assert [remark["row"] for remark in report["quarantined"]] == [1, 2, 3]
    assert counts(report) == {"read": 2, "quarantined": 3, "failed": len(report["failed"])}
    assert lamps("11200").count() == 1


@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("year", ["설치연도", "설치년도"])
def test_encodings_line_ends_and_both_spellings_are_read_alike(imported, listing, encoding, newline, year):
    header = HEADER.replace("설치연도", year)
    path = listing(row("감나무길01", year="2016"), header=header, encoding=encoding, newline=newline)
    assert counts(imported(path)) == {"read": 1, "created": 1}
    assert Device.objects.get().streetlight.installed_year == 2016


def test_second_delivery_in_another_encoding_changes_no_lamp(imported, listing):
    imported(listing(row("감나무길01")))
    assert counts(imported(listing(row("감나무길01"), encoding="utf-8-sig"))) == {"read": 1, "unchanged": 1}


ODD_POINTS = {
    "no coordinates": ("", ""),
    "no longitude": ("37.5691083", ""),
    "coordinates are not numbers": ("동경", "127"),
    "coordinates outside Korea, not used": ("0", "0"),
    "coordinates outside the district": ("35.1", "129.0"),
    "swapped: latitude and longitude turned round": ("127.0326723", "37.5691083"),
}


@pytest.mark.parametrize(("reason", "point"), ODD_POINTS.items())
def test_row_with_odd_coordinates_is_loaded_and_flagged(imported, listing, reason, point):
    report = imported(listing(row("01-17-01"), row("01-17-02", *point)))
    assert counts(report) == {"read": 2, "created": 2, "flagged": 1}
    assert report["flagged"] == [{"row": 3, "reason": reason}]
    lamp = Device.objects.get(name="01-17-02")
    assert lamp.dong == Device.objects.get(name="01-17-01").dong
    if reason.startswith("swapped"):
        assert (lamp.lat, lamp.lon) == (37.5691083, 127.0326723)


def test_infinite_coordinates_are_flagged(imported, listing):
    report = imported(listing(row("01-17-01", "nan", "inf")))
    assert [remark["reason"] for remark in report["flagged"]] == ["coordinates outside Korea, not used", "dong unknown"]


def test_twenty_thousand_rows_pasted_twice_are_ten_thousand_lamps(imported, listing):
    rows = [row(f"{n // 10_000:02}-{n // 100 % 100:02}-{n % 100:02}") for n in range(10_000)]
    assert counts(imported(listing(*rows, *rows))) == {"read": 20_000, "created": 10_000, "duplicate": 10_000}


def test_one_row_for_two_hundred_lamps_is_one_place_with_a_count(imported, listing):
    assert counts(imported(listing(row("송정동 일원", count="200")))) == {"read": 1, "created": 1}
    assert Device.objects.get().streetlight.count == 200


@pytest.mark.parametrize("count", ["", "0", "-3", "many", "9" * 5_000])
def test_count_that_is_none_is_taken_as_one_and_flagged(imported, listing, count):
    assert counts(imported(listing(row("01-17-01", count=count)))) == {"read": 1, "created": 1, "flagged": 1}
    assert Device.objects.get().streetlight.count == 1


def test_name_repeated_with_other_values_keeps_the_first(imported, listing):
    rows = [row(f"01-17-{n:02}") for n in range(20)]
    report = imported(listing(*rows, row("01-17-03", count="2")))
    assert counts(report) == {"read": 21, "created": 20, "duplicate": 1, "flagged": 1}
    assert report["flagged"] == [{"row": 22, "reason": "the name of row 5 with other values: that row is kept"}]


def test_broken_rows_are_quarantined_by_their_number(imported, listing):
    report = imported(
        listing(row("01-17-01"), "", "x,y", row("n" * 81), ",,,,,,,,,,", '"open', row("01-17-02"), row("01-17-03"))
    )
    assert counts(report) == {"read": 7, "created": 3, "quarantined": 4}
    assert report["quarantined"] == [
        {"row": 4, "reason": "11 cells expected, 2 found"},
        {"row": 5, "reason": "보안등위치명 is longer than 80 characters"},
        {"row": 6, "reason": "neither a name nor an address nor a point"},
        {"row": 7, "reason": "11 cells expected, 1 found"},
    ]


def test_rows_without_a_name_are_known_by_their_place(imported, listing):
    rows = [row(f"01-17-{n:02}") for n in range(30)]
    path = listing(*rows, row("", lot="서울특별시 성동구 하왕십리동 259"))
    assert counts(imported(path)) == {"read": 31, "created": 31, "flagged": 1}
    assert counts(imported(path)) == {"read": 31, "unchanged": 31, "flagged": 1}


@pytest.mark.parametrize("between", [0, 1, 2])
def test_inch_marks_in_two_rows_retire_nobody(imported, listing, between):
    rows = [row(f"01-17-{n:02}") for n in range(6)]
    imported(listing(*rows))
    for place in (1, 2 + between):
        rows[place] = row(f"01-17-{place:02}", road='길 5" 관')
    assert counts(imported(listing(*rows))) == {"read": 6, "unchanged": 4, "updated": 2}
