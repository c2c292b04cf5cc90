"""Numbers and places of things."""

import pytest

from civic.chain.actions import issue_code, link_nodes, place_node
from civic.chain.models import Link
from civic.chain.queries import index_counts
from tests.making import NOON, make_proposal

pytestmark = pytest.mark.django_db


def test_codes_run_on_by_kind():
    assert [issue_code(prefix=p, at=NOON) for p in "PPF"] == ["P-2026-000001", "P-2026-000002", "F-2026-000001"]


def test_saying_twice_that_one_thing_came_of_another_is_harmless():
    for key in ("vote:a", "pilot:a"):
        place_node(key=key, kind=key[:4], district="11200", title=key, state="open", path=f"/{key}/", marks=[])
    for _n in range(2):
        link_nodes(origin="vote:a", target="pilot:a", kind="led_to")
    assert Link.objects.count() == 1


def test_counts_are_of_public_things_by_kind_and_state():
    make_proposal()
    make_proposal(dong="1153055000")
    assert index_counts() == {"proposal:open": 2}
    assert index_counts("11200") == {"proposal:open": 1}
