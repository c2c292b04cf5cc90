"""What do tests of the live feed stand on? A Hub that ends with its test, and sockets on the whole application."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async

from civic.feed.models import Item
from civic.feed.numbering import head, number_items
from civic.live.hub import Hub, hub, stop_hub
from civic.live.routing import socket_application
from tests.civic.feed.writing import write

Publish = Callable[..., Awaitable[int]]


@pytest.fixture
async def running_hub(transactional_db: None) -> AsyncIterator[Hub]:
    yield hub()
    await stop_hub()


@pytest.fixture
def publish(transactional_db: None) -> Publish:
    """Write items with these keys and number them; returns the head's number."""

    def publish_now(*keys: str, **more: Any) -> int:
        for key in keys:
            write(key, **more)
        while Item.objects.filter(seq__isnull=True).exists():
            number_items()  # does nothing while the Hub's own thread numbers
        return head().seq

    return database_sync_to_async(publish_now)


class Socket:
    """A browser's end of a socket. (channels.testing brings the same, and with it a server we do not use.)"""

    def __init__(self, *headers: tuple[bytes, bytes], path: str = "/ws/live") -> None:
        scope = {
            "type": "websocket",
            "path": path,
            "query_string": b"",
            "headers": [(b"host", b"testserver"), *headers],
            "subprotocols": [],
        }
        self.line = ApplicationCommunicator(socket_application(), scope)

    async def open(self) -> bool:
        await self.line.send_input({"type": "websocket.connect"})
        return (await self.line.receive_output(timeout=5))["type"] == "websocket.accept"

    async def resume(self, epoch: Any, after: Any) -> None:
        await self.say(json.dumps({"resume": {"epoch": epoch, "after": after}}))

    async def say(self, text: str | bytes) -> None:
        kind = "bytes" if isinstance(text, bytes) else "text"
        await self.line.send_input({"type": "websocket.receive", kind: text})

    async def hear(self, seconds: float = 5) -> dict[str, Any]:
        said = await self.line.receive_output(timeout=seconds)
        assert said["type"] == "websocket.send", said
        return json.loads(said["text"])

    async def hear_close(self) -> int:
        said = await self.line.receive_output(timeout=5)
        assert said["type"] == "websocket.close"
        return int(said["code"])

    async def close(self) -> None:
        await self.line.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.line.wait(timeout=5)

    async def items(self, count: int) -> list[dict[str, Any]]:
        """Frames until `count` items have come."""
        found: list[dict[str, Any]] = []
        while len(found) < count:
            found += (await self.hear())["items"]
        return found


@pytest.fixture
async def socket(running_hub: Hub) -> AsyncIterator[Callable[..., Awaitable[Socket]]]:
    """Opens sockets, and closes them with the test."""
    opened: list[Socket] = []

    async def open_socket(*headers: tuple[bytes, bytes]) -> Socket:
        opened.append(Socket(*headers))
        assert await opened[-1].open()
        return opened[-1]

    yield open_socket
    for each in opened:
        await each.close()


@pytest.fixture
def now_at(transactional_db: None) -> Callable[[], Awaitable[tuple[str, int]]]:
    """Epoch and number of the head."""

    def ask() -> tuple[str, int]:
        last = head()
        return last.epoch, last.seq

    return database_sync_to_async(ask)
