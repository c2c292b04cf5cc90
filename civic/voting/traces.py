"""What do the database's files keep of deleted rows, and who clears them? See the decision on ballots."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, connection

from civic.ledger.models import Receipt

from .models import OpenBallot

logger = logging.getLogger(__name__)


def overwrite_deleted() -> None:
    """From now on this connection overwrites what it deletes, where that is a matter of the connection."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def wipe_traces() -> None:
    """Make the files forget what was deleted. For outside a transaction; harmless to repeat."""
    try:
        _WIPES[connection.vendor]()
    except DatabaseError:
        logger.warning("deleted ballots may remain in the database's files until it clears them itself", exc_info=True)


def _rewrite_tables() -> None:
    """PostgreSQL keeps deleted rows in the table's file; a full vacuum writes another. Some milliseconds."""
    with connection.cursor() as cursor:
        for model in (OpenBallot, Receipt):
            cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(model._meta.db_table)}")


def _empty_journal() -> None:
    """SQLite keeps pages as they were in its journal until that is emptied."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


_WIPES: dict[str, Callable[[], None]] = {"postgresql": _rewrite_tables, "sqlite": _empty_journal}
