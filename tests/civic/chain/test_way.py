"""From a worry to tonight's fault and back again."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from civic.chain.actions import link_nodes, place_node
from civic.chain.models import Node
from civic.chain.way import way_of
from tests.making import make_adopted, make_proposal

pytestmark = pytest.mark.django_db


def node(key, *marks, state="open"):
    kind = key.partition(":")[0]
    path = f"/{kind}s/{key.partition(':')[2]}/"
    return place_node(key=key, kind=kind, district="11200", title=key, state=state, path=path, marks=list(marks))


def lamp(pilot, tag):
    node(f"device:{tag}")
    link_nodes(origin=pilot, target=f"device:{tag}", kind="tries")


def fault(tag, code, state="confirmed"):
    node(f"fault:{code}", {"place": "live", "status": "lit"}, state=state)
    link_nodes(origin=f"device:{tag}", target=f"fault:{code}", kind="failed")


@pytest.fixture
def chain():
    """A proposal, the round about it, the pilot with two lamps, one of them out and one repaired."""
    proposal = make_adopted()
    node("round:one", {"place": "vote", "status": "lit"})
    node("pilot:a", {"place": "pilot", "status": "lit"}, {"place": "vote", "status": "skipped"})
    link_nodes(origin=proposal.key, target="round:one", kind="voted")
    link_nodes(origin=proposal.key, target="pilot:a", kind="pilot")
    for tag in ("1", "2"):
        lamp("pilot:a", tag)
    fault("1", "F-2026-000001")
    fault("2", "F-2026-000002", state="resolved")
    return proposal


def keys(things):
    return [thing.key for thing in things]


def statuses(way):
    return {place.code: place.status for place in way.line.places}


def way(key):
    return way_of(key, Node.objects.get(key=key).marks)


def test_way_of_a_proposal_leads_to_its_round_its_pilot_and_the_open_fault(chain):
    with override("en"):
        found = way(chain.key)
    assert (keys(found.before), keys(found.after)) == ([], ["round:one", "pilot:a"])
    assert (keys(found.faults), found.broken) == (["fault:F-2026-000001"], 1)
    assert found.watched
    live = found.line.places[6]
    assert (live.fact, live.href, live.status) == ("1 now", "/en/faults/F-2026-000001/", "to_come")


def test_way_of_a_fault_leads_back_to_the_proposal(chain):
    found = way("fault:F-2026-000001")
    assert keys(found.before) == [chain.key, "pilot:a", "device:1"]
    assert (found.after, found.faults) == ([], [])
    assert found.line.lit.code == "live"
    assert found.line.places[0].href == f"/proposals/{chain.code}/#proposal"


def test_one_lamp_is_lit_and_the_furthest_of_what_came_of_a_thing(chain):
    assert way(chain.key).line.lit.code == "pilot"
    assert list(statuses(way(chain.key)).values()).count("lit") == 1
    assert statuses(way(chain.key))["vote"] == "done"


def test_step_that_one_thing_skipped_and_another_took_was_taken(chain):
    Node.objects.filter(key="round:one").delete()
    assert statuses(way(chain.key))["vote"] == "skipped"


def test_lamp_leads_to_its_pilot_and_its_own_open_faults_only(chain):
    fault("1", "F-2026-000003")
    assert keys(way("device:1").faults) == ["fault:F-2026-000003", "fault:F-2026-000001"]
    assert keys(way("device:2").faults) == []
    assert keys(way("device:2").before) == [chain.key, "pilot:a"]


def test_pilot_lists_neither_its_lamps_nor_another_pilots_faults(chain):
    node("pilot:b", {"place": "pilot", "status": "lit"})
    lamp("pilot:b", "3")
    fault("3", "F-2026-000009")
    assert keys(way("pilot:a").faults) == ["fault:F-2026-000001"]
    assert (keys(way("pilot:a").before), keys(way("pilot:a").after)) == ([chain.key], [])


def test_what_is_hidden_is_not_on_the_way(chain):
    Node.objects.filter(key__in=["pilot:a", "fault:F-2026-000001"]).update(public=False)
    assert keys(way(chain.key).after) == ["round:one"]
    assert way(chain.key).faults == []


def test_paths_are_in_the_language_of_the_page(chain):
    with override("en"):
        assert way(chain.key).after[1].path == "/en/pilots/a/"


def test_thing_that_nobody_linked_costs_one_query_and_any_number_of_faults_as_many_as_one(chain):
    alone = make_proposal()
    assert _cost(alone.key) == 1
    one = _cost(chain.key), _cost("pilot:a"), _cost("fault:F-2026-000001")
    for number in range(30):
        lamp("pilot:a", f"x{number}")
        fault(f"x{number}", f"F-2026-0001{number:02d}")
    assert (_cost(chain.key), _cost("pilot:a"), _cost("fault:F-2026-000001")) == one
    assert max(one) <= 4


def _cost(key):
    marks = Node.objects.get(key=key).marks
    with CaptureQueriesContext(connection) as seen:
        way_of(key, marks)
    return len(seen)


def test_page_of_a_proposal_shows_its_way(chain):
    page = Client().get(f"/en/proposals/{chain.code}/").content.decode()
    assert "What came of it: Pilot" in page
    assert 'href="/en/pilots/a/"' in page
    assert 'data-live-key="fault:F-2026-000001"' in page
