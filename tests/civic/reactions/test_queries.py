"""Which items that were set aside belong to whom?"""

import pytest

from civic.clocks.now import database_now
from civic.feed.models import SetAside
from civic.reactions.queries import scope_of, set_aside_within
from tests.making import make_fault, make_proposal

pytestmark = pytest.mark.django_db


def aside(n: int, key: str) -> SetAside:
    return SetAside.objects.create(consumer="tell", item_seq=n, kind="Thing", key=key, error="-", at=database_now())


def test_item_belongs_to_the_district_of_what_it_is_about_as_rule_and_list_say_alike():
    keys = [make_fault().key, make_proposal().key, "device:11530-19-12-20", "lights:11530", "person:112009", "round:x"]
    rows = [aside(n, key) for n, key in enumerate(keys)]
    scopes = ["district:11200", "district:11200", "district:11530", "district:11530", "site", "site"]
    assert [scope_of(row) for row in rows] == scopes
    for scope in ("district:11200", "district:11530"):
        assert {row.key for row in set_aside_within({scope})} == {
            key for key, s in zip(keys, scopes, strict=True) if s == scope
        }
    assert set_aside_within({"site"}).count() == len(keys)
    assert not set_aside_within({"department:11200.safety"}).exists()
