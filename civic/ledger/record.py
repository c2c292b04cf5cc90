"""How does a fact come into the books? One entry, its private part and one feed item, in the action's transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from civic.feed.write import append

from .facts import Fact
from .models import Entry, EntryPrivate


def record(
    fact: Fact,
    *,
    state: Mapping[str, Any],
    concerns: Mapping[Model, Mapping[str, Any]],
    at: datetime,
    recipient: Model | None = None,
) -> Entry:
    """Write `fact` to the ledger and the feed.

    `state` is the whole public state of the thing after the change, as a page shows it. `concerns` names the
    persons the fact is about, each with the part they play (`{"as": "author"}`): one private row a person.
    `recipient` is the only person who may see a fact whose audience is `self`.
    Raises RuntimeError outside a transaction, because a fact without its rows would be a lie.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of an action")
    entry = Entry.objects.create(at=at, fact=fact.name(), key=fact.key, district=fact.district, data=fact.codes())
    EntryPrivate.objects.bulk_create(
        EntryPrivate(entry=entry, person_id=person.pk, fields=dict(fields)) for person, fields in concerns.items()
    )
    append(
        entry=entry.pk,
        key=fact.key,
        kind=fact.name(),
        at=at,
        state=dict(state),
        fact={"district": fact.district, **fact.codes()},
        audience=fact.audience,
        recipient=str(recipient.pk) if recipient else "",
    )
    return entry
