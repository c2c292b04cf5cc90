"""How long may a statement take? In a request seconds; what brings tables up to date, destroys or wipes, its time."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection

_LIMITS = ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout")


@contextmanager
def unhurried(*, lock_timeout: str = "0") -> Iterator[None]:
    """Lift PostgreSQL's time limits of this connection, then put them back as they were. SQLite has none.

    What would keep everybody waiting behind it says how long it waits for others: `lock_timeout`, as in "500ms".
    """
    if connection.vendor != "postgresql":
        yield
        return
    before = [(name, _ask("SELECT current_setting(%s)", name)) for name in _LIMITS]
    _set((dict.fromkeys(_LIMITS, "0") | {"lock_timeout": lock_timeout}).items())
    try:
        yield
    finally:
        if not connection.needs_rollback:  # else the end of the transaction puts them back
            _set(before)


def _set(limits: Iterable[tuple[str, str]]) -> None:
    for name, limit in limits:
        _ask("SELECT set_config(%s, %s, false)", name, limit)


def _ask(question: str, *words: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question, words)
        return str(cursor.fetchone()[0])
