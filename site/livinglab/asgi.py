"""Pages, streams and sockets, for an ASGI server; the Hub starts and ends with it."""

import os
from typing import Any

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livinglab.settings.production")
pages = get_asgi_application()

from civic.live.hub import hub, stop_hub  # noqa: E402 - models can be imported only when Django is set up
from civic.live.routing import socket_application  # noqa: E402 - it imports models


async def lifespan(scope: Any, receive: Any, send: Any) -> None:
    """Start the Hub with the server, so that its ring is full when the first browser comes."""
    await receive()
    hub()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await stop_hub()
    await send({"type": "lifespan.shutdown.complete"})


application = ProtocolTypeRouter({"http": pages, "websocket": socket_application(), "lifespan": lifespan})
