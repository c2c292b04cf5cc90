"""A fact comes into the books whole or not at all."""

import pytest

from civic.feed.models import Item
from civic.ledger.models import EntryPrivate
from civic.ledger.record import record
from civic.proposals.facts import ProposalExpired
from tests.making import NOON, make_person

FACT = ProposalExpired(key="proposal:P-2026-000009", district="11200", supports=3)


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="transaction"):
        record(FACT, state={}, concerns={}, at=NOON)


@pytest.mark.django_db
def test_record_writes_entry_private_part_and_item():
    person = make_person()
    entry = record(FACT, state={"supports": 3}, concerns={person: {"as": "author"}}, at=NOON)
    assert (entry.fact, entry.data, entry.district) == ("ProposalExpired", {"supports": 3}, "11200")
    assert EntryPrivate.objects.get(entry=entry).fields == {"as": "author"}
    item = Item.objects.get(entry=entry.pk)
    assert (item.seq, item.key, item.audience) == (None, FACT.key, "public")
    assert item.fact == {"district": "11200", "supports": 3}


def test_fact_comes_back_from_its_codes():
    assert ProposalExpired.of(FACT.key, FACT.district, FACT.codes()) == FACT
