"""Who gives an item its number? Whoever holds the try-lock, after the item's commit.

A sequence hands out ids before commit, so a reader of `id > cursor` loses the item that commits late. Here only
committed, unnumbered items are numbered, in a transaction of its own, from the one row `Head`: a reader that has
seen N never later finds an item at or before N that it has not seen.
"""

from django.db import connection, transaction

from .models import Head, Item, new_epoch

_LOCK = 0x11AB_FEED  # an advisory lock key that nothing else here uses
BATCH = 2_000


def head() -> Head:
    """The row that holds epoch and last number; made once."""
    found = Head.objects.filter(pk=1).first()
    return found or Head.objects.get_or_create(pk=1, defaults={"epoch": new_epoch()})[0]


def number_items() -> int:
    """Number what is committed and unnumbered, at most BATCH; returns how many. Never waits for another numberer."""
    if not Item.objects.filter(seq__isnull=True).exists():
        return 0  # no write transaction for nothing: on SQLite it would lock out writers
    head()
    with transaction.atomic():
        if not _try_lock():
            return 0
        row = Head.objects.select_for_update().get(pk=1)
        waiting = list(Item.objects.filter(seq__isnull=True).order_by("id").values_list("id", flat=True)[:BATCH])
        _assign(waiting, row.seq)
        Head.objects.filter(pk=1).update(seq=row.seq + len(waiting))
    return len(waiting)


def _try_lock() -> bool:
    """PostgreSQL: a statement of its own, so that the next one's snapshot begins after the lock (READ COMMITTED)."""
    if connection.vendor != "postgresql":
        return True  # the IMMEDIATE transaction is the lock
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def _assign(ids: list[int], last: int) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE civic_item SET seq = %s WHERE id = %s",
            [(last + place, pk) for place, pk in enumerate(ids, start=1)],
        )
