"""Do the two real lists come in whole, stay the same at a second run, and go out as they came?"""

import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from civic.devices.models import Device, LampList, Streetlight
from civic.devices.queries import delivered, find_device, lamps, lamps_by_dong
from civic.ledger.models import Entry
from tests.civic.devices.conftest import counts, row

pytestmark = pytest.mark.django_db

SEONGDONG = settings.FIXTURES / "data" / "lights" / "seongdong-20210930.csv"
GURO = settings.FIXTURES / "data" / "lights" / "guro-20220531.csv"
MAJANG, GURO2, HANG = "1120054000", "1153053000", "1153080000"


def rows_of_everything():
    return [list(model.objects.order_by("pk").values()) for model in (Device, Streetlight, LampList, Entry)]


def test_real_list_of_seongdong_comes_in_whole_and_goes_out_byte_for_byte(imported):
    began = time.perf_counter()
    report = imported(SEONGDONG)
    assert time.perf_counter() - began < 30
    assert counts(report) == {"read": 7_443, "created": 7_443, "flagged": 1_224}
    assert [lamps("11200").filter(lat=None).count(), lamps("11200").filter(dong=None).count()] == [1_219, 1]
    assert lamps("11200").filter(dong=MAJANG, dong_by="point").count() == 846
    assert delivered("11200") == SEONGDONG.read_bytes()
    before = rows_of_everything()
    again = imported(SEONGDONG)
    assert counts(again) == {"read": 7_443, "unchanged": 7_443, "flagged": 1_224}
    assert rows_of_everything() == before


def test_real_list_of_guro_keeps_its_exact_repetitions_as_lamps(imported):
    assert counts(imported(GURO, "11530")) == {"read": 7_948, "created": 7_948, "flagged": 19}
    by_dong = lamps_by_dong("11530")
    assert sum(there["lamps"] for there in by_dong.values()) == 8_015
    assert lamps("11530").filter(dong_by="point", dong=GURO2).count() == 1_293
    assert lamps("11530").filter(dong_by="point", dong=HANG).count() == 36
    assert delivered("11530") == GURO.read_bytes()
    before = rows_of_everything()
    assert counts(imported(GURO, "11530")) == {"read": 7_948, "unchanged": 7_948, "flagged": 19}
    assert rows_of_everything() == before


def test_import_leaves_one_entry_of_counts(imported, listing):
    imported(listing(row("01-17-01"), row("01-17-02")))
    entry = Entry.objects.get()
    assert (entry.fact, entry.key, entry.district) == ("LightsImported", "lights:11200", "11200")
    assert {name: n for name, n in entry.data.items() if n} == {"read": 2, "created": 2}


def test_plate_number_becomes_the_tag(imported, listing):
    imported(listing(row("19-12-20(송정길15)"), row("02-10-17-"), row("02-10-17"), row("한양광장 10")))
    tags = {device.name: device.tag for device in Device.objects.all()}
    assert tags == {
        "19-12-20(송정길15)": "11200-19-12-20",
        "02-10-17": "11200-02-10-17",
        "02-10-17-": "11200-02-10-17-2",
        "한양광장 10": "11200-한양광장-10",
    }


def test_lamp_gone_is_retired_and_comes_back_under_its_tag(imported, listing):
    both = [row("01-17-01"), row("01-17-02")]
    imported(listing(*both))
    assert counts(imported(listing(both[0]))) == {"read": 1, "unchanged": 1, "retired": 1}
    gone = find_device("11200-01-17-02")
    assert gone.retired_at is not None
    assert delivered("11200").decode("cp949").count("\n") == 2
    assert counts(imported(listing(*both))) == {"read": 2, "unchanged": 1, "updated": 1}
    gone.refresh_from_db()
    assert (gone.retired_at, Device.objects.count()) == (None, 2)


def test_lamp_changed_is_updated_under_its_tag(imported, listing):
    imported(listing(row("01-17-01"), row("01-17-02")))
    assert counts(imported(listing(row("01-17-01", mounting="한전주"), row("01-17-02")))) == {
        "read": 2,
        "updated": 1,
        "unchanged": 1,
    }
    assert find_device("11200-01-17-01").streetlight.mounting == "한전주"


def test_lamps_of_one_place_keep_their_numbers_when_one_goes(imported, listing):
    """Names that are dongs: rows are told apart by place, and by content within it."""
    rows = [row("왕십리2동", year=year) for year in ("2001", "2002", "2003", "2003", "2004")]
    imported(listing(*rows))
    tag_of = {light.device.tag: light.installed_year for light in Streetlight.objects.select_related("device")}
    assert counts(imported(listing(*rows[::-1][:4]))) == {"read": 4, "unchanged": 4, "retired": 1}
    still = {device.tag: device.streetlight.installed_year for device in lamps("11200")}
    assert still == {tag: year for tag, year in tag_of.items() if year != 2001}


def test_list_in_another_order_changes_no_lamp(imported, listing):
    rows = [row("01-17-01"), row("01-17-02"), row("01-17-03")]
    imported(listing(*rows))
    assert counts(imported(listing(*rows[::-1]))) == {"read": 3, "unchanged": 3}
    assert delivered("11200").decode("cp949").splitlines()[1:] == rows[::-1]


def plates(first: int, end: int, **changed: str) -> list[str]:
    return [row(f"{n // 100:02}-17-{n % 100:02}", **changed) for n in range(first, end)]


def test_list_that_lacks_a_fifth_of_the_lamps_is_refused_until_told_to_retire(imported, listing):
    imported(listing(*plates(0, 100)))
    before = rows_of_everything()
    half = listing(*plates(0, 79))
    report = imported(half)
    assert counts(report) == {"read": 79, "quarantined": 1, "failed": len(report["failed"])}
    assert report["failed"] == (
        "The list lacks 21 of the 100 lamps in service. Is it whole? Nothing was changed."
        " If it is right, say so with --retire."
    )
    assert report["quarantined"] == [{"row": 1, "reason": report["failed"]}]
    assert rows_of_everything() == before
    assert counts(imported(half, retire=True)) == {"read": 79, "unchanged": 79, "retired": 21}
    assert counts(imported(half)) == {"read": 79, "unchanged": 79}


@pytest.mark.parametrize(("lamps_before", "gone"), [(100, 20), (11, 10)])
def test_list_that_lacks_a_few_lamps_retires_them(imported, listing, lamps_before, gone):
    imported(listing(*plates(0, lamps_before)))
    report = imported(listing(*plates(0, lamps_before - gone)))
    assert counts(report) == {"read": lamps_before - gone, "unchanged": lamps_before - gone, "retired": gone}


def test_list_of_another_district_is_refused_until_told_to_take_it(imported, listing):
    away = {"lat": "37.4954", "lon": "126.8874"}  # Guro's office
    mixed = listing(*plates(0, 12), *plates(100, 111, **away))
    assert counts(imported(mixed)) == {"read": 23, "created": 23, "flagged": 11}
    path = listing(*plates(0, 12), *plates(100, 113, **away), *plates(200, 230, lat="", lon=""))
    report = imported(path)
    assert (report["created"], lamps("11200").count()) == (0, 23)
    assert report["failed"].startswith("13 of 25 points lie outside the district.")
    assert report["quarantined"] == [{"row": 1, "reason": report["failed"]}]
    assert imported(path, retire=True)["failed"] == ""


def test_real_list_of_guro_is_not_taken_for_seongdong(imported):
    report = imported(GURO)
    assert (report["read"], report["created"], Device.objects.count()) == (7_948, 0, 0)
    assert report["failed"]


def test_dry_run_reports_the_same_and_writes_nothing(imported, listing):
    imported(listing(*plates(0, 30)))
    before = rows_of_everything()
    path = listing(*plates(2, 20), *plates(20, 28, mounting="한전주"), *plates(40, 45), "broken", row("00-17-02"))
    told = imported(path, dry_run=True)
    assert rows_of_everything() == before
    assert told == imported(path)
    assert counts(told) == {
        "read": 33, "created": 5, "updated": 8, "unchanged": 18, "duplicate": 1, "retired": 4, "quarantined": 1,
    }  # fmt: skip  # a row of figures


def test_dry_run_of_a_list_that_would_be_refused_says_so(imported, listing):
    imported(listing(*plates(0, 30)))
    report = imported(listing(*plates(0, 15)), dry_run=True)
    assert (report["retired"], lamps("11200").count()) == (15, 30)
    assert "--retire" in report["quarantined"][0]["reason"]
    assert imported(listing(*plates(0, 15)), dry_run=True, retire=True)["failed"] == ""


def test_export_to_a_file_gives_the_accepted_rows(imported, listing, tmp_path: Path):
    path = listing(row("01-17-01"), row("01-17-01"), "broken", encoding="utf-8-sig", newline="\r\n")
    assert counts(imported(path)) == {"read": 3, "created": 1, "duplicate": 1, "quarantined": 1}
    out = tmp_path / "out.csv"
    call_command("export_lights", str(out), "--district", "11200")
    lines = path.read_bytes().split(b"\r\n")
    assert out.read_bytes() == lines[0] + b"\r\n" + lines[1] + b"\r\n"


def test_export_of_nothing_fails_with_a_sentence():
    with pytest.raises(CommandError, match="No list of lamps"):
        call_command("export_lights", "--district", "11200")
