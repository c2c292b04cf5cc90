"""How does a notice get into an inbox, and out of the unread?"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from civic.people.models import Person

from .models import Notice


def notify(*, person: Person, fact: str, key: str, data: Mapping[str, Any], seq: int, at: datetime) -> None:
    """Tell one person of one feed item, once: a reaction that runs again for the same `seq` changes nothing.

    A notice is an echo of a fact that stands in the ledger already, so it records none of its own.
    """
    notify_all(people=[person.pk], fact=fact, key=key, data=data, seq=seq, at=at)


def notify_all(*, people: Iterable[UUID], fact: str, key: str, data: Mapping[str, Any], seq: int, at: datetime) -> None:
    """Tell many people, by their ids, of one feed item, each once."""
    Notice.objects.bulk_create(
        (Notice(person_id=pk, fact=fact, key=key, data=dict(data), seq=seq, at=at) for pk in people),
        batch_size=500,
        ignore_conflicts=True,
    )


def notify_of_one_more(
    *, people: Iterable[UUID], fact: str, key: str, data: Mapping[str, Any], seq: int, at: datetime
) -> None:
    """Tell many people of one of a kind that is many: the line with the same `data` counts it in `n`, and is new again.

    A reaction that runs again for the same `seq` changes nothing.
    """
    told, same = set(people), {f"data__{name}": value for name, value in data.items()}
    lines = list(Notice.objects.filter(person__in=told, fact=fact, **same))
    older = [line for line in lines if line.seq < seq]
    for line in older:
        line.data["n"] += 1
        line.key, line.seq, line.at, line.read_at = key, seq, at, None
    Notice.objects.bulk_update(older, ["data", "key", "seq", "at", "read_at"], batch_size=500)
    others = told - {line.person_id for line in lines}
    notify_all(people=others, fact=fact, key=key, data={**data, "n": 1}, seq=seq, at=at)


def mark_read(*, by: Person, notice: int, at: datetime) -> bool:
    """Take one notice of the person's own inbox as read; false where it is not theirs or was read before."""
    return Notice.objects.filter(pk=notice, person=by, read_at__isnull=True).update(read_at=at) == 1


def mark_all_read(*, by: Person, at: datetime) -> int:
    """Take every notice up to now as read; returns how many."""
    return Notice.objects.filter(person=by, read_at__isnull=True, at__lte=at).update(read_at=at)
