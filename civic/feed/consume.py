"""How does a reaction see each item exactly once? Its rows and its cursor move in one transaction.

A consumer is a name and a cursor. One process at a time holds its row; a batch that breaks off, by an error or by
kill -9, leaves neither rows nor a moved cursor. What leaves the database (mail, push) goes through the outbox.
A consumer met for the first time begins at the head: a reaction added today must not announce last year's facts.
`livinglab prepare` therefore enlists all before anything is written, so that each hears all from then on, whoever
numbers it.
"""

import logging
import traceback
from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q

from .masked import masked
from .models import Consumer, Item, SetAside
from .numbering import head
from .reading import items_after

BATCH = 100  # items a transaction; on SQLite it keeps other writers waiting
_IDLE = 100  # numbers that may pass without one for this consumer before its cursor is moved over them

Handle = Callable[[Item], None]
logger = logging.getLogger(__name__)


def enlist(names: Iterable[str]) -> None:
    """Give each name that has no cursor one at the head."""
    known = set(Consumer.objects.values_list("name", flat=True))
    last = head().seq
    new = [Consumer(name=name, seq=last) for name in names if name not in known]
    Consumer.objects.bulk_create(new, ignore_conflicts=True)


def run_consumer(name: str, handle: Handle, kinds: Collection[str], *, at: datetime) -> int:
    """Hand every item of `kinds` that `name` has not seen to `handle`; returns how many, 0 where another runs it."""
    handled = 0
    while _has_work(name, kinds):
        count = _run_batch(name, handle, kinds, at)
        if count is None:
            break
        handled += count
    return handled


def run_again(aside: SetAside, item: Item, handle: Handle, *, at: datetime) -> bool:
    """Hand `item`, once set aside, to `handle`; where it fails again the new error is kept. In a transaction."""
    try:
        with transaction.atomic():
            handle(item)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.exception("%s could not handle item %s again", aside.consumer, item.seq)
        SetAside.objects.filter(pk=aside.pk).update(error=_told(error), at=at)
        return False
    SetAside.objects.filter(pk=aside.pk).delete()
    return True


def drop_consumers(*, not_in: Collection[str]) -> int:
    """Forget cursors nobody runs any more: they would keep items from being trimmed."""
    return Consumer.objects.exclude(name__in=not_in).delete()[0]


def _has_work(name: str, kinds: Collection[str]) -> bool:
    """Asked outside a transaction, so that an idle consumer writes nothing."""
    last = head().seq
    seen = Consumer.objects.filter(name=name).values_list("seq", flat=True).first()
    if seen is None:
        enlist([name])
        return False
    if seen >= last:
        return False
    return last - seen > _IDLE or Item.objects.filter(seq__gt=seen, kind__in=kinds).exists()


def _run_batch(name: str, handle: Handle, kinds: Collection[str], at: datetime) -> int | None:
    with transaction.atomic():
        consumer = Consumer.objects.select_for_update(skip_locked=True).filter(name=name).first()
        if consumer is None:
            return None
        last = head().seq  # before the items: whatever is numbered up to here is there to be read
        batch = list(items_after(consumer.seq, BATCH, seen_by=Q(kind__in=kinds, seq__lte=last)))
        for item in batch:
            _handle_one(name, handle, item, at)
        consumer.seq = batch[-1].seq if len(batch) == BATCH else last  # type: ignore[assignment]  # read by seq > n: has one
        consumer.save(update_fields=["seq"])
    return len(batch)


def _handle_one(name: str, handle: Handle, item: Item, at: datetime) -> None:
    """In a savepoint: what cannot be handled is set aside and the rest goes on. A failing database is no such item."""
    assert item.seq is not None  # only numbered items are read
    try:
        with transaction.atomic():
            handle(item)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.exception("%s could not handle item %s", name, item.seq)
        SetAside.objects.get_or_create(
            consumer=name,
            item_seq=item.seq,
            defaults={"kind": item.kind, "key": item.key, "error": _told(error), "at": at},
        )


def _told(error: Exception) -> str:
    """The end of the traceback, masked as a log is: a database quotes the row it refused."""
    return masked("".join(traceback.format_exception(error)))[-4_000:]
