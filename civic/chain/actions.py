"""Who writes the chain? The owner of each thing, in the owner's own transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from civic.clocks.deadlines import SEOUL

from .models import Link, Node, Serial


def issue_code(*, prefix: str, at: datetime) -> str:
    """The next public number of a kind, such as P-2026-000123. The row stays locked until the caller commits."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number is issued inside the transaction that uses it")
    year = at.astimezone(SEOUL).year
    Serial.objects.bulk_create([Serial(prefix=prefix, year=year)], ignore_conflicts=True)
    serial = Serial.objects.select_for_update().get(prefix=prefix, year=year)
    serial.last += 1
    serial.save(update_fields=["last"])
    return str(serial)


def place_node(
    *, key: str, kind: str, district: str, title: str, state: str, path: str, marks: Sequence[dict[str, Any]]
) -> Node:
    """Put a thing into the chain."""
    return Node.objects.create(
        key=key, kind=kind, district=district, title=title, state=state, path=path, marks=list(marks)
    )


def move_node(*, key: str, state: str, marks: Sequence[dict[str, Any]], due_at: datetime | None = None) -> None:
    """Say where a thing stands now, and until when it waits there for somebody: one statement."""
    Node.objects.filter(key=key).update(state=state, marks=list(marks), due_at=due_at)


def rename_node(*, key: str, title: str) -> None:
    """Say how a thing is called now: one statement."""
    Node.objects.filter(key=key).update(title=title)


def link_nodes(*, origin: str, target: str, kind: str) -> None:
    """Say that one thing came of another; saying it twice is harmless."""
    Link.objects.get_or_create(origin_id=origin, target_id=target, kind=kind)


def place_missing(nodes: Iterable[Node]) -> None:
    """Put things into the chain that may stand there already; those that do stay as they are. One statement."""
    Node.objects.bulk_create(nodes, ignore_conflicts=True, batch_size=500)


def link_many(*, origin: str, targets: Iterable[str], kind: str) -> None:
    """Say that several things came of one; saying it twice is harmless."""
    links = (Link(origin_id=origin, target_id=target, kind=kind) for target in targets)
    Link.objects.bulk_create(links, ignore_conflicts=True, batch_size=500)
