"""What do the database's files keep of deleted rows, and who clears them? See the decision on ballots."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, connection

from civic.clocks.unhurried import unhurried
from civic.ledger.models import Receipt

from .models import OpenBallot

logger = logging.getLogger(__name__)
PATIENCE = 500  # ms


def overwrite_deleted() -> None:
    """From now on this connection overwrites what it deletes, where that is a matter of the connection."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def wipe_traces() -> bool:
    """Make the files forget what was deleted, and say whether they did. Inside a transaction they cannot."""
    if connection.in_atomic_block:
        return False
    try:
        wiped = _WIPES[connection.vendor]()
    except DatabaseError:
        wiped = False
        logger.warning("deleted ballots may remain in the database's files: wiping them failed", exc_info=True)
    else:
        if not wiped:
            logger.warning("deleted ballots may remain in the database's journal: somebody is reading from it")
    return wiped


def _rewrite_tables() -> bool:
    """PostgreSQL keeps deleted rows in the table's file; a full vacuum writes another. Some milliseconds."""
    with unhurried(), connection.cursor() as cursor:
        for model in (OpenBallot, Receipt):
            cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(model._meta.db_table)}")
    return True


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
