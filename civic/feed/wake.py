"""How do readers learn that there is something new? By a knock without content; a lost one costs at most a second."""

import time
from functools import lru_cache

from django.conf import settings
from django.db import connection, transaction

CHANNEL = "livinglab_feed"
_REST = 5.0  # seconds without knocking after Redis failed: readers look by themselves, writers need not wait
_silent_until = 0.0


def wake_after_commit() -> None:
    """Knock once the change is there, once a transaction however many items it writes."""
    knock = (set(connection.savepoint_ids), wake, True)
    if knock not in connection.run_on_commit[-8:]:  # near the end or not at all; a second knock does no harm
        transaction.on_commit(wake, robust=True)


def wake() -> None:
    """One PUBLISH with Redis, one NOTIFY on PostgreSQL, nothing on SQLite (readers look)."""
    if settings.REDIS_URL:
        _publish()
    elif connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")


def _publish() -> None:
    from redis.exceptions import RedisError  # half a second of imports that only an installation with Redis needs

    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        _redis().publish(CHANNEL, b"")
    except RedisError:
        _silent_until = time.monotonic() + _REST


@lru_cache(maxsize=1)
def _redis():  # type: ignore[no-untyped-def]  # redis-py's client type is generic over its replies
    from redis import Redis

    return Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)
