"""Has anything been written? A listener that a thread asks again and again; it hears knocks, or looks where none come.

One for each process that follows the feed: the worker's loop and the Hub's reading thread. It belongs to the thread
that made it. A knock that is lost costs nothing but the time until the next look.
"""

import time
from typing import Any, Protocol

import psycopg
from django.conf import settings
from django.db import connection

from .wake import CHANNEL

LOOK_EVERY = 0.2  # seconds between two looks at SQLite, which cannot knock


class Listener(Protocol):
    """`wait` returns True at once when something may be new, False after `seconds` without a knock."""

    def wait(self, seconds: float) -> bool: ...

    def close(self) -> None: ...


def listener() -> Listener:
    """The one that fits this installation."""
    if settings.REDIS_URL:
        return RedisListener()
    return PostgresListener() if connection.vendor == "postgresql" else SqliteListener()


class SqliteListener:
    """Looks five times a second whether another connection has written: `PRAGMA data_version` reads no table."""

    def __init__(self) -> None:
        self._version = self._look()

    def wait(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while True:
            version = self._look()
            if version != self._version:
                self._version = version
                return True
            left = end - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(LOOK_EVERY, left))

    def close(self) -> None:
        """Nothing is held besides Django's own connection."""

    @staticmethod
    def _look() -> tuple[int, int]:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            return id(connection.connection), cursor.fetchone()[0]  # comparable on one connection only


class PostgresListener:
    """LISTEN on a connection of its own; a lost one is opened again at the next wait."""

    def __init__(self) -> None:
        self._line: psycopg.Connection[Any] | None = None

    def wait(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        try:
            if self._line is None:
                self._line = self._open()
                return True  # what was written before nobody listened would knock no more
            return self._hears_others(self._line, seconds)
        except psycopg.OperationalError:
            self.close()
            time.sleep(max(0.0, end - time.monotonic()))
            return False

    @staticmethod
    def _hears_others(line: psycopg.Connection[Any], seconds: float) -> bool:
        """The knock of this thread's own connection is no news: it has just looked."""
        own = connection.connection.info.backend_pid if connection.connection else None
        return any(knock.pid != own for knock in line.notifies(timeout=seconds, stop_after=1))

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    @staticmethod
    def _open() -> psycopg.Connection[Any]:
        words = {"connect_timeout": 5, "keepalives_idle": 30, **_libpq_words()}
        line = psycopg.connect(**words, autocommit=True)
        line.execute(f"LISTEN {CHANNEL}")
        return line


def _libpq_words() -> dict[str, Any]:
    """Everything DATABASE_URL says to libpq (sslmode and its like too), without what Django adds for itself."""
    keywords = {option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults()}
    return {name: value for name, value in connection.get_connection_params().items() if name in keywords}


class RedisListener:
    """SUBSCRIBE; redis-py opens a lost connection again and subscribes anew."""

    def __init__(self) -> None:
        from redis import Redis  # half a second of imports that only an installation with Redis needs

        self._subscription = Redis.from_url(settings.REDIS_URL, socket_connect_timeout=5).pubsub()

    def wait(self, seconds: float) -> bool:
        from redis.exceptions import RedisError  # as above

        end = time.monotonic() + seconds
        try:
            if not self._subscription.subscribed:
                self._subscription.subscribe(CHANNEL)
            return self._subscription.get_message(timeout=seconds) is not None
        except RedisError:
            self._subscription.close()
            time.sleep(max(0.0, end - time.monotonic()))
            return False

    def close(self) -> None:
        self._subscription.close()
