"""What do the database's files keep of deleted rows, and who clears them? See the decision on ballots."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from time import sleep
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError, connection, transaction

from civic.clocks.unhurried import unhurried
from civic.ledger.models import Receipt

from .models import OpenBallot

logger = logging.getLogger(__name__)
PATIENCE, TRIES = 500, 10  # ms, and how often it looks meanwhile
OWED = "traces:owed"  # in the shared cache, since who purges by hand is another process than who tries again


def overwrite_deleted() -> None:
    """From now on this connection overwrites what it deletes, where that is a matter of the connection."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def wipe_traces() -> bool:
    """Make the files forget what was deleted, and say whether they did. Inside a transaction they cannot.

    Where they did not it is owed, and the clock asks again.
    """
    if connection.in_atomic_block:
        return False
    wiped = _wiped()
    with _even_without_cache():
        cache.set(OWED, not wiped, None)
    return wiped


def wipe_is_owed() -> bool:
    """Did the last wipe fail? Where the cache cannot tell, what rounds owe stands in their own rows."""
    with _even_without_cache():
        return bool(cache.get(OWED))
    return False


@contextmanager
def _even_without_cache() -> Iterator[None]:
    """A cache that is away, or whose table a restore has yet to make, is logged: it undoes and stops no wipe."""
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext():  # an error spoils no transaction
            yield
    except Exception:  # each backend has errors of its own
        logger.warning("the cache fails: it neither keeps nor says whether a wipe is owed", exc_info=True)


def _wiped() -> bool:
    try:
        wiped = _WIPES[connection.vendor]()
    except DatabaseError:
        wiped = False
        logger.warning("deleted ballots may remain in the database's files: wiping them failed", exc_info=True)
    else:
        if not wiped:
            logger.warning("deleted ballots may remain in the database's files: somebody is reading from them")
    return wiped


def _rewrite_tables() -> bool:
    """PostgreSQL keeps deleted rows in the table's file; a full vacuum writes another. Some milliseconds.

    It waits for whoever reads (a backup: for minutes) while everybody else waits behind it, so it waits briefly.
    """
    with unhurried(lock_timeout=f"{PATIENCE}ms"), connection.cursor() as cursor:
        if not _nobody_looks_back(cursor):
            return False
        for model in (OpenBallot, Receipt):
            cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(model._meta.db_table)}")
    return True


def _nobody_looks_back(cursor: Any) -> bool:
    """Is every transaction over that began before now? What one of them may still see, a full vacuum copies too."""
    cursor.execute("SELECT pg_current_xact_id()::text")
    (now,) = cursor.fetchone()
    for _try in range(TRIES):
        cursor.execute(_OLDER, [now])
        if not cursor.fetchone()[0]:
            return True
        sleep(PATIENCE / TRIES / 1000)
    return False


_OLDER = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
AND greatest(age(backend_xmin), age(backend_xid)) > age(%s::xid)
"""


def _empty_journal() -> bool:
    """SQLite keeps pages as they were in its journal until that is emptied; with a reader in it, it says so only.

    It waits for readers while nobody can write, so it waits briefly.
    """
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (patience,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, _pages, _moved = cursor.fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
    return not busy


_WIPES: dict[str, Callable[[], bool]] = {"postgresql": _rewrite_tables, "sqlite": _empty_journal}
