"""Numbers and places of things."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from civic.chain.actions import issue_code, link_nodes, place_node
from civic.chain.models import Link
from civic.chain.queries import index_counts, index_facts
from civic.clocks.now import database_now
from civic.proposals.actions.answering import decline_proposal
from tests.making import NOON, make_official, make_proposal, make_reviewed

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


def test_counts_tell_those_past_their_due_moment_until_somebody_acts():
    late, in_time = (make_reviewed(at=database_now() - timedelta(days=days)) for days in (40, 4))
    assert index_counts() == {"proposal:dept_review": 2, "late proposal:dept_review": 1}
    with override("en"):
        assert index_facts(index_counts())["answer"] == "1 late"
        assert index_facts(index_counts("11530"))["answer"] == "0 waiting"
    for proposal in (late, in_time):
        reason = "다른 사업에서 이미 하고 있습니다."
        decline_proposal(by=make_official(), proposal=proposal, reason=reason, at=database_now())
    assert index_counts() == {"proposal:declined": 2}


def test_index_counts_votes_pilots_faults_and_policies_by_what_is_under_way():
    counts = {"round:open": 1, "round:published": 4, "pilot:running": 3, "pilot:expanded": 1, "fault:confirmed": 2}
    with override("en"):
        facts = index_facts(counts | {"fault:resolved": 60, "device:": 48})
    assert [facts[place] for place in ("vote", "pilot", "live", "policy")] == [
        "1 open",
        "3 under way",
        "2 now",
        "1 decided",
    ]


def test_index_says_where_nothing_is_yet():
    with override("en"):
        facts = index_facts({})
    assert (facts["proposal"], facts["support"], facts["thread"], facts["pilot"]) == (
        "0 proposals",
        "0 collecting",
        "none yet",
        "none yet",
    )
