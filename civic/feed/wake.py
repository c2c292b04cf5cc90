"""How do readers learn that there is something new? By a knock without content; a lost one costs at most a second."""

from functools import lru_cache

from django.conf import settings
from django.db import connection

CHANNEL = "livinglab_feed"


@lru_cache(maxsize=1)
def _redis():  # type: ignore[no-untyped-def]  # redis-py's client type is generic over its replies
    from redis import Redis

    return Redis.from_url(settings.REDIS_URL, socket_timeout=1)


def wake() -> None:
    """Knock after commit: one PUBLISH with Redis, one NOTIFY on PostgreSQL, nothing on SQLite (readers look)."""
    if settings.REDIS_URL:
        _redis().publish(CHANNEL, b"")
    elif connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
