"""Which pictures does a thing have?"""

from collections import defaultdict
from collections.abc import Iterable

from .models import Photo


def photos_of(key: str) -> list[Photo]:
    """The pictures of one thing, the oldest first."""
    return list(Photo.objects.filter(key=key).order_by("pk"))


def photos_by_key(keys: Iterable[str]) -> dict[str, list[Photo]]:
    """The pictures of many things: one query."""
    found: dict[str, list[Photo]] = defaultdict(list)
    for photo in Photo.objects.filter(key__in=list(keys)).order_by("pk"):
        found[photo.key].append(photo)
    return found
