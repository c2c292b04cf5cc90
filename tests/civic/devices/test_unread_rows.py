"""Does a row that cannot be read this time leave its lamp in service, and no other one that is gone?"""

import time

import pytest

from civic.devices.queries import find_device, lamps
from tests.civic.devices.conftest import counts, row

pytestmark = pytest.mark.django_db

ROAD, LOT = "서울특별시 성동구 무학로 {}", "서울특별시 성동구 하왕십리동 {}"

BREAKS = {
    "a comma too many in an address": lambda said: said.replace("무학로 ", "무학로,"),
    "two commas too many": lambda said: said.replace("무학로 ", "무학로, 옛길,"),
    "an address too long": lambda said: said.replace("무학로 ", "무학로 " + "긴" * 201),
    "a comma lost": lambda said: said.replace(",서울특별시 성동구 하왕", "서울특별시 성동구 하왕"),
    "a comma lost between the coordinates": lambda said: said.replace(",127.", "127."),
    "a quote that nobody closes": lambda said: said.replace("서울특별시 성동구 무학로", '"서울특별시 성동구 무학로'),
    "cut behind the addresses": lambda said: said[: said.index(",37.") + 6],
    "a name too long": lambda said: "가" * 81 + said[said.index(",") :],
}


def plates(n):
    return row(f"01-17-{n:02}", lat=f"37.5691{n:03}", road=ROAD.format(n), lot=LOT.format(n))


def dongs(n):
    """Names that are dongs: a place identifies a lamp. Two stand at each."""
    place = n // 2
    return row(
        "왕십리2동", lat=f"37.5691{place:03}", road=ROAD.format(place), lot=LOT.format(place), year=str(2000 + n)
    )


def tags():
    return set(lamps("11200").values_list("tag", flat=True))


@pytest.mark.parametrize("named", [plates, dongs])
@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS)
def test_lamp_whose_row_cannot_be_read_stays_in_service(imported, listing, named, broken):
    rows = [named(n) for n in range(20)]
    imported(listing(*rows))
    before, bad = tags(), [*rows[:6], broken(rows[6]), *rows[7:]]
    for _time in range(2):
        assert counts(imported(listing(*bad))) == {"read": 20, "unchanged": 19, "quarantined": 1}
        assert tags() == before
    assert counts(imported(listing(*rows))) == {"read": 20, "unchanged": 20}


@pytest.mark.parametrize("named", [plates, dongs])
@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS)
def test_lamp_that_is_gone_is_retired_beside_a_row_that_cannot_be_read(imported, listing, named, broken):
    rows = [named(n) for n in range(20)]
    imported(listing(*rows))
    report = imported(listing(*rows[:6], broken(rows[6]), *rows[7:16]))
    assert counts(report) == {"read": 16, "unchanged": 15, "retired": 4, "quarantined": 1}


def test_row_that_names_no_lamp_of_ours_spares_nobody(imported, listing):
    imported(listing(*map(plates, range(20))))
    report = imported(listing(*map(plates, range(18)), "broken", "01-17-99,1", ",,,,,,,,,,"))
    assert counts(report) == {"read": 21, "unchanged": 18, "retired": 2, "quarantined": 3}
    assert find_device("11200-01-17-19").retired_at is not None


def test_list_that_can_hardly_be_read_is_refused_until_told_to_take_it(imported, listing):
    rows = [plates(n) for n in range(60)]
    imported(listing(*rows))
    path = listing(*rows[:30], *[BREAKS["an address too long"](said) for said in rows[30:]])
    report = imported(path)
    assert [word in report["failed"] for word in ("30", "60", "--retire")] == [True] * 3
    assert counts(imported(path, retire=True)) == {"read": 60, "unchanged": 30, "quarantined": 30}
    assert lamps("11200").count() == 60


def test_many_rows_that_cannot_be_read_are_compared_in_a_moment(imported, listing):
    rows = [dongs(n) for n in range(3_000)]
    imported(listing(*rows))
    path = listing(*rows[:2], *[said + "," for said in rows[2:]])
    began = time.perf_counter()
    report = imported(path, retire=True)
    assert time.perf_counter() - began < 5
    assert counts(report) == {"read": 3_000, "unchanged": 2, "quarantined": 2_998}
