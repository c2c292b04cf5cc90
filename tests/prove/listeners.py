"""How do hundreds of sockets listen without costing more than the server they measure?

A process of its own holds them as bare protocols: it keeps what arrives and when, and reads the frames afterwards.
"""

import asyncio
import base64
import json
import multiprocessing
import os
import struct
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

_CONNECT = 60.0  # seconds for all sockets to stand
_QUIET = 2.0  # seconds without a byte after which nothing more is expected


@dataclass(frozen=True)
class Heard:
    """What one socket got: the items in their order with the time each arrived, and how many frames they came in."""

    items: Sequence[tuple[float, dict[str, Any]]]
    frames: int


class Listeners:
    """`count` sockets at ws://127.0.0.1:port/path in a child process; `opening` is what each says first."""

    def __init__(self, port: int, path: str, count: int, opening: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._child = context.Process(target=_listen, args=(theirs, port, path, count, opening), daemon=True)
        self._child.start()
        self._wait_for("listening")

    def hear(self, expected: int, within: float) -> list[Heard]:
        """Wait until every socket has `expected` items, or nothing comes any more, or `within` seconds are over."""
        self._pipe.send((expected, within))
        found: list[Heard] = self._pipe.recv()
        return found

    def close(self) -> None:
        self._pipe.send(None)
        self._child.join(10)

    def _wait_for(self, word: str) -> None:
        if not self._pipe.poll(_CONNECT):
            raise RuntimeError("the sockets do not stand")
        said = self._pipe.recv()
        if said != word:
            raise RuntimeError(said)


def percentile(values: Sequence[float], part: float) -> float:
    """The value that `part` of all are not above."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


class _Ear(asyncio.Protocol):
    def __init__(self, path: str, opening: str) -> None:
        self._path, self._opening = path, opening
        self.stands = asyncio.get_running_loop().create_future()
        self.frames: list[tuple[float, bytes]] = []
        self._rest = b""
        self.last = 0.0
        self._greeting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(  # type: ignore[attr-defined]  # asyncio gives a base class here
            f"GET {self._path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        if self.stands.done():
            self.last = time.time()
            self._take(data)
            return
        self._greeting += data
        head, end, rest = self._greeting.partition(b"\r\n\r\n")
        if end:
            if b" 101 " not in head:
                self.stands.set_exception(RuntimeError(head.decode()))
                return
            self.stands.set_result(None)
            if self._opening:
                self._transport.write(_masked(self._opening.encode()))
            if rest:
                self.data_received(rest)

    def _take(self, data: bytes) -> None:
        """Cut whole frames off, unread: reading JSON here would make what comes meanwhile look late."""
        texts, pings, self._rest = _frames(self._rest + data)
        self.frames += [(self.last, text) for text in texts]
        for ping in pings:  # a server hangs up on who does not answer within twenty seconds
            self._transport.write(_masked(ping, 0x8A))

    def heard(self) -> Heard:
        """Read what has come so far."""
        frames, self.frames = self.frames, []
        items, count = [], 0
        for at, text in frames:
            said = json.loads(text)
            found = said["items"] if said.get("type") == "items" else [said]
            items += [(at, item) for item in found]
            count += bool(found)
        return Heard(items, count)


def _masked(text: bytes, first: int = 0x81) -> bytes:
    mask = os.urandom(4)
    body = bytes(byte ^ mask[place % 4] for place, byte in enumerate(text))
    size = struct.pack("!B", 0x80 | len(text)) if len(text) < 126 else struct.pack("!BH", 0x80 | 126, len(text))
    return bytes([first]) + size + mask + body


def _frames(buffer: bytes) -> tuple[list[bytes], list[bytes], bytes]:
    """The words of whole text frames and of pings, and what is left over."""
    texts, pings, at = [], [], 0
    while (size := _whole(buffer, at)) is not None:
        start, end = size
        if buffer[at] & 0x0F == 1:
            texts.append(buffer[start:end])
        elif buffer[at] & 0x0F == 9:
            pings.append(buffer[start:end])
        at = end
    return texts, pings, buffer[at:]


def _whole(buffer: bytes, at: int) -> tuple[int, int] | None:
    """Where the payload of the frame at `at` begins and ends, if all of it is there. Servers do not mask."""
    if len(buffer) < at + 2:
        return None
    length, start = buffer[at + 1] & 0x7F, at + 2
    if length > 125:
        form = "!H" if length == 126 else "!Q"
        if len(buffer) < start + struct.calcsize(form):
            return None
        (length,) = struct.unpack_from(form, buffer, start)
        start += struct.calcsize(form)
    return (start, start + length) if len(buffer) >= start + length else None


def _listen(pipe: Connection, port: int, path: str, count: int, opening: str) -> None:
    asyncio.run(_listen_in_loop(pipe, port, path, count, opening))


async def _listen_in_loop(pipe: Connection, port: int, path: str, count: int, opening: str) -> None:
    loop = asyncio.get_running_loop()
    ears = []
    for _ in range(count):
        _, ear = await loop.create_connection(lambda: _Ear(path, opening), "127.0.0.1", port)
        await ear.stands
        ears.append(ear)
    await asyncio.sleep(1)  # each has said where it resumes
    pipe.send("listening")
    while (task := await asyncio.to_thread(pipe.recv)) is not None:
        pipe.send(await _collect(ears, *task))


async def _collect(ears: list[_Ear], expected: int, within: float) -> list[Heard]:
    end = time.time() + within
    found: list[list[Heard]] = [[] for _ in ears]
    while time.time() < end:
        await asyncio.sleep(_QUIET)
        if time.time() - max(ear.last for ear in ears) >= _QUIET and any(ear.frames for ear in ears):
            for ear, parts in zip(ears, found, strict=True):
                parts.append(ear.heard())
            if all(sum(len(part.items) for part in parts) >= expected for parts in found):
                break
    return [
        Heard([item for part in parts for item in part.items], sum(part.frames for part in parts)) for parts in found
    ]
