"""Do links to places count what the list counts, and lead where the list says?"""

import pytest

from civic.places.menus import Choice, place_choices
from civic.places.queries import all_dongs
from civic.places.queries import districts as all_districts

pytestmark = pytest.mark.django_db


def href(**changed: str) -> str:
    return "&".join(f"{name}={value}" for name, value in changed.items())


def menu(district: str = "", dong: str = "") -> list[Choice]:
    of_dong = {"1120054000": 3, "1153072000": 2}
    of_district = {"11200": 3, "11530": 2}
    return place_choices(all_dongs(), district=district, dong=dong, of_district=of_district, of_dong=of_dong, href=href)


def test_menu_without_a_district_names_all_districts_with_their_counts():
    names = {place.pk: str(place) for place in all_districts()}
    every, *places = menu()
    assert (every.code, every.count, every.href, every.current) == ("", 5, "district=", True)
    assert places == [
        Choice(code, names[code], n, f"district={code}", False) for code, n in (("11200", 3), ("11530", 2))
    ]


def test_menu_of_a_district_names_its_dongs_and_no_other():
    whole, *dongs = menu("11200", "1120054000")
    assert (whole.code, whole.count, whole.href, whole.current) == ("", 3, "dong=", False)
    assert len(dongs) == 17
    assert [(d.code, d.count, d.href) for d in dongs if d.current] == [("1120054000", 3, "dong=1120054000")]
    assert sum(d.count or 0 for d in dongs) == 3
