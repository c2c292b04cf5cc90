"""Numbers and places of things."""

import pytest

from civic.chain.actions import issue_code, link_nodes, place_node
from civic.chain.models import Link
from civic.chain.queries import index_counts, line_of
from tests.making import NOON, make_proposal

pytestmark = pytest.mark.django_db


def _node(key, place):
    marks = [{"place": place, "status": "lit", "fact": "day", "at": NOON.isoformat(), "path": f"/{key}/"}]
    return place_node(key=key, kind=place, district="11200", title=key, state="open", path=f"/{key}/", marks=marks)


def test_codes_run_on_by_kind():
    assert [issue_code(prefix=p, at=NOON) for p in "PPF"] == ["P-2026-000001", "P-2026-000002", "F-2026-000001"]


def test_line_of_a_thing_shows_what_it_came_from_and_what_came_of_it():
    vote = _node("vote:a", "vote")
    _node("thread:a", "thread")
    _node("pilot:a", "pilot")
    link_nodes(origin="thread:a", target="vote:a", kind="led_to")
    link_nodes(origin="vote:a", target="pilot:a", kind="led_to")
    link_nodes(origin="vote:a", target="pilot:a", kind="led_to")
    assert Link.objects.count() == 2
    line = line_of(vote)
    assert [place.code for place in line.places if place.status == "lit"] == ["thread", "vote", "pilot"]


def test_counts_are_of_public_things_by_kind_and_state():
    make_proposal()
    make_proposal(dong="1153055000")
    assert index_counts() == {"proposal:open": 2}
    assert index_counts("11200") == {"proposal:open": 1}
