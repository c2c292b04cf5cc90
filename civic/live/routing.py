"""Which sockets are there, and who may open one?"""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import ParseResult, urlparse

from channels.auth import AuthMiddleware
from channels.db import database_sync_to_async
from channels.routing import URLRouter
from channels.security.websocket import OriginValidator, WebsocketDenier
from channels.sessions import SessionMiddlewareStack
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.urls import re_path

from civic.people.models import Person
from civic.people.proof import is_proof_of

from .sockets import FeedSocket

websocket_urlpatterns = [
    re_path(r"^ws/live/?$", FeedSocket.as_asgi()),
    re_path(r"", WebsocketDenier.as_asgi()),
]


Application = Callable[[Any, Any, Any], Awaitable[None]]


class OwnOrigin(OriginValidator):
    """Only our own pages open sockets: the same host and port, because cookies know no ports.

    What sends no Origin is no browser, so no page can misuse it.
    """

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = dict(scope["headers"])
        origin, host = headers.get(b"origin", b""), headers.get(b"host", b"")
        told = urlparse(origin)
        if origin and host and (told.scheme not in (b"http", b"https") or told.netloc != host):
            denier = WebsocketDenier()
            await denier(scope, receive, send)
            return
        await super().__call__(scope, receive, send)

    def valid_origin(self, parsed_origin: ParseResult | None) -> bool:
        return parsed_origin is None or super().valid_origin(parsed_origin)


class OwnPerson(AuthMiddleware):
    """Who a session is, also by an earlier SECRET_KEY; Channels' own would end such a session, of all its pages."""

    async def resolve_scope(self, scope: Any) -> None:
        scope["user"]._wrapped = await person_of(scope["session"])


@database_sync_to_async
def person_of(session: SessionBase) -> Person | AnonymousUser:
    """Nobody where the session proves nobody; it stays as it is."""
    key = session.get(SESSION_KEY)
    person = Person.objects.filter(pk=key, is_active=True).first() if key else None
    return person if person and is_proof_of(person, session.get(HASH_SESSION_KEY)) else AnonymousUser()


def socket_application() -> Application:
    """The ASGI application for sockets: origin, then session and person, then the path."""
    inner: Application = SessionMiddlewareStack(OwnPerson(URLRouter(websocket_urlpatterns)))

    async def with_server_send(scope: Any, receive: Any, send: Any) -> None:
        """Frames go straight to the server: on their way the session layer would look for cookies to set in each."""
        await inner({**scope, "server_send": send}, receive, send)

    return OwnOrigin(with_server_send, settings.ALLOWED_HOSTS)
