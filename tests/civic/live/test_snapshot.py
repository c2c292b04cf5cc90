"""Does a snapshot say what the newest item says?"""

import pytest

from civic.chain.models import Node
from civic.feed.models import Item
from civic.feed.numbering import head, number_items
from civic.live.snapshot import snapshot
from civic.proposals.actions import support_proposal
from tests.making import NOON, make_person, make_proposal

pytestmark = pytest.mark.django_db


def test_the_state_of_a_proposal_is_that_of_its_newest_item():
    proposal = make_proposal()
    support_proposal(by=make_person(), proposal=proposal, at=NOON)
    number_items()
    found = snapshot([proposal.key])
    newest = Item.objects.filter(key=proposal.key).latest("seq")
    assert found["state"] == {proposal.key: newest.state}
    assert (found["epoch"], found["cursor"]) == (head().epoch, newest.seq)
    assert found["counts"]["11200"]["proposal:open"] == 1


def test_a_thing_that_is_not_public_is_not_told():
    proposal = make_proposal()
    Node.objects.filter(key=proposal.key).update(public=False)
    found = snapshot([proposal.key])
    assert found["state"] == {}
    assert found["counts"].get("11200", {}).get("proposal:open") is None


def test_keys_cost_no_query_each(django_assert_num_queries):
    keys = [make_proposal().key for _ in range(3)]
    head()
    with django_assert_num_queries(4):
        snapshot(keys[:1])
    with django_assert_num_queries(4):
        snapshot(keys)
