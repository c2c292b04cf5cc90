"""Who gives an item its number? Whoever holds the try-lock, after the item's commit.

A sequence hands out ids before commit, so a reader of `id > cursor` loses the item that commits late. Here only
committed, unnumbered items are numbered, in a transaction of its own, from the one row `Head`: a reader that has
seen N never later finds an item at or before N that it has not seen.
"""

from dataclasses import dataclass

from django.db import connection, transaction

from .models import Head, new_epoch
from .wake import wake

BATCH = 5_000
_LOCK = 0x11AB_FEED  # an advisory lock key that nothing else here uses
# The same statements on both databases (SQLite knows UPDATE ... FROM since 3.33), and by hand: the Hub numbers at
# every knock, and building five queries cost more than running them.
_LOOK = """
    SELECT epoch, seq, EXISTS (SELECT 1 FROM civic_item WHERE seq IS NULL) FROM civic_head WHERE id = 1"""
_NUMBER = """
    UPDATE civic_item SET seq = (SELECT seq FROM civic_head WHERE id = 1) + waiting.place
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS place
          FROM civic_item WHERE seq IS NULL ORDER BY id LIMIT %s) AS waiting
    WHERE civic_item.id = waiting.id"""


@dataclass(frozen=True)
class Look:
    """The head at a moment, and whether something waits for a number."""

    epoch: str
    seq: int
    waiting: bool


def look() -> Look:
    """One query: what every reader asks first."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOK)
        row = cursor.fetchone()
    if row is None:
        head()
        return look()
    return Look(row[0], row[1], bool(row[2]))


def number_items() -> int:
    """Number all that is committed and unnumbered; returns how many. Never waits for another numberer."""
    numbered = 0
    while look().waiting:  # asked outside a transaction: a write transaction for nothing keeps SQLite's writers out
        batch = _number_batch()
        numbered += batch
        if batch < BATCH:
            break
    if numbered:
        wake()  # readers that the writer's knock woke may have looked before these had numbers
    return numbered


def head() -> Head:
    """The row that holds epoch and last number; made once."""
    with connection.cursor() as cursor:  # every page asks: by hand, as above
        cursor.execute("SELECT id, epoch, seq FROM civic_head WHERE id = 1")
        row = cursor.fetchone()
    return Head(*row) if row else Head.objects.get_or_create(pk=1, defaults={"epoch": new_epoch()})[0]


def _number_batch() -> int:
    with transaction.atomic():
        if not _try_lock():
            return 0
        with connection.cursor() as cursor:
            cursor.execute(_NUMBER, [BATCH])
            count = cursor.rowcount
            cursor.execute("UPDATE civic_head SET seq = seq + %s WHERE id = 1", [count])
    return count


def _try_lock() -> bool:
    """PostgreSQL: a statement of its own, so that the next one's snapshot begins after the lock (READ COMMITTED)."""
    if connection.vendor != "postgresql":
        return True  # the IMMEDIATE transaction is the lock
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])
