"""Where do processes share what lasts for minutes, without Redis? In a table that drops only what ran out."""

from datetime import datetime
from typing import Any

from django.core.cache import DEFAULT_CACHE_ALIAS, caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router

MOST = 200_000  # entries; Django's 300 would let a stranger wash out the limits by filling it


class SharedCache(DatabaseCache):
    """Django's, for many entries; those that ran out are dropped by the worker."""

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        super().__init__(table, {**params, "OPTIONS": {"MAX_ENTRIES": MOST, **params.get("OPTIONS", {})}})

    def drop_expired(self, at: datetime) -> int:
        """Returns how many."""
        connection = connections[router.db_for_write(self.cache_model_class)]
        table, expires = connection.ops.quote_name(self._table), connection.ops.quote_name("expires")  # type: ignore[attr-defined]  # stubs miss it
        moment = connection.ops.adapt_datetimefield_value(at.replace(microsecond=0))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE {expires} < %s", [moment])  # noqa: S608 - names of our own
            return int(cursor.rowcount)


def clear_cache(at: datetime) -> int:
    """Drop what ran out; Redis does that by itself."""
    shared = caches[DEFAULT_CACHE_ALIAS]
    return shared.drop_expired(at) if isinstance(shared, SharedCache) else 0
