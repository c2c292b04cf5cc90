"""Districts and dongs, loaded as often as one likes."""

import pytest

from civic.places.models import District, Dong
from civic.places.queries import find_dong
from livinglab.reference import load_reference

pytestmark = pytest.mark.django_db


def test_areas_are_seventeen_and_sixteen_dongs_with_codes_as_text():
    assert {d.code: d.dongs.count() for d in District.objects.all()} == {"11200": 17, "11530": 16}
    assert all(len(dong.code) == 10 and dong.code.startswith(dong.district_id) for dong in Dong.objects.all())


def test_areas_loaded_again_change_nothing():
    before = list(Dong.objects.values())
    load_reference()
    assert list(Dong.objects.values()) == before


@pytest.mark.parametrize("code", ["", "x", "\0", "9999999999", "1120053500 "])
def test_dong_unknown_is_none(code):
    assert find_dong(code) is None
