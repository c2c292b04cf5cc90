"""Which routes are there? Every address of the site as it is written in its urls, and every line of a socket."""

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from civic.live.routing import websocket_urlpatterns


def routes() -> set[str]:
    """Addresses without the leading slash and without the English ones, which are the same once more."""
    with override("ko"):
        return set(_below(get_resolver().url_patterns, ""))


def sockets() -> set[str]:
    return {str(entry.pattern) or "anything else" for entry in websocket_urlpatterns}


def _below(patterns: Iterable[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for entry in patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _below(entry.url_patterns, path)
        else:
            yield path
