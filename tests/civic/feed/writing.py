"""How do tests put something into the feed?"""

from datetime import UTC, datetime
from typing import Any

from civic.feed.models import Item
from civic.feed.write import append

NOON = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)  # twelve in Seoul


def write(key: str, *, kind: str = "ThingMoved", at: datetime = NOON, **more: Any) -> Item:
    """One item, unnumbered; public unless `audience` says otherwise."""
    return append(**{"key": key, "kind": kind, "at": at, "state": {"state": "open"}, "audience": "public"} | more)
