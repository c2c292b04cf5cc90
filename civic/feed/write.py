"""How does a change get into the feed? Unnumbered, in the writer's transaction, without any global lock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .models import Item
from .wake import wake_after_commit


def append(
    *,
    key: str,
    kind: str,
    at: datetime,
    state: dict[str, Any],
    audience: str,
    entry: int | None = None,
    fact: dict[str, Any] | None = None,
    recipient: str = "",
) -> Item:
    """Write one item while the row of its object is locked, so that numbers per object follow commits."""
    item = Item.objects.create(
        entry=entry,
        key=key,
        kind=kind,
        at=at,
        state=state,
        fact=fact or {},
        audience=audience,
        recipient=recipient,
    )
    wake_after_commit()
    return item


@dataclass(frozen=True, kw_only=True)
class Line:
    """One item to be, without a ledger entry; fields as in `append`."""

    key: str
    kind: str
    at: datetime
    state: dict[str, Any]
    audience: str
    fact: dict[str, Any]


def append_all(lines: Iterable[Line]) -> None:
    """Write many items at once, while the rows of their objects are locked."""
    made = Item.objects.bulk_create((Item(**vars(line)) for line in lines), batch_size=500)
    if made:
        wake_after_commit()
