"""Where do dongs lie? Outlines, and the dong of a point, on the real boundaries and the real lamps."""

import csv
from collections import Counter

import pytest
from django.conf import settings

from civic.places.models import Boundary, Dong
from civic.places.polygons import which
from civic.places.queries import areas, dong_at
from livinglab.reference import load_reference

pytestmark = pytest.mark.django_db

MAJANG, SEONGSU2GA1, YONGDAP = "1120054000", "1120067000", "1120079000"
GURO2, HANG = "1153053000", "1153080000"


def lamps_by_dong(name: str, district: str) -> Counter[str | None]:
    text = (settings.FIXTURES / "data" / "lights" / name).read_bytes().decode("cp949")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["위도"] and row["경도"]]
    known = areas(district)
    return Counter(which(known, float(row["경도"]), float(row["위도"])) for row in rows)


def test_boundaries_are_of_every_dong():
    assert set(Boundary.objects.values_list("dong", flat=True)) == set(Dong.objects.values_list("code", flat=True))
    assert [len(areas("11200")), len(areas("11530")), len(areas())] == [17, 16, 33]


def test_boundaries_loaded_again_change_nothing():
    before = list(Boundary.objects.order_by("dong").values())
    load_reference()
    assert list(Boundary.objects.order_by("dong").values()) == before


def test_dong_centres_lie_in_their_own_dong():
    strays = [dong.code for dong in Dong.objects.all() if dong_at(dong.lon, dong.lat) != dong]
    assert strays == []


@pytest.mark.parametrize(("lon", "lat"), [(0, 0), (126.9780, 37.5665), (37.55, 127.03), (float("inf"), 37.5)])
def test_dong_at_a_point_elsewhere_is_none(lon, lat):
    assert dong_at(lon, lat) is None


def test_real_lamps_of_seongdong_fall_into_their_dongs():
    counts = lamps_by_dong("seongdong-20210930.csv", "11200")
    assert [counts[code] for code in (MAJANG, SEONGSU2GA1, YONGDAP, None)] == [846, 625, 531, 4]
    assert counts.total() == 7_443 - 1_219


def test_real_lamps_of_guro_fall_into_their_dongs():
    counts = lamps_by_dong("guro-20220531.csv", "11530")
    assert [counts[code] for code in (GURO2, HANG, None)] == [1_293, 36, 19]
