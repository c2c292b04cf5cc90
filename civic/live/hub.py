"""How do thousands of connections follow the feed from one reading? One Hub per process and event loop.

It holds the ring and ticks at most four times a second; every connection then takes what follows its own cursor.
Those that stand at the same number share one encoded frame. One that is slow simply stands at an older number: no
queue grows for it.
"""

import asyncio
from collections.abc import Sequence

from civic.feed.numbering import head

from .asking import ask
from .cursors import Cursor
from .frames import Frame, Told
from .ring import Ring
from .stored import FAR, read
from .tail import LOOK, Tail
from .viewers import Viewer

TICK = 0.25  # seconds between two frames of a connection, at least
_BEAT = 5.0  # seconds after which waiting readers look at the clock
_SHARED = 64  # frames kept within a tick; readers that lag each at a number of their own are not worth the memory
_EARLY = 0.01  # seconds that a clock may run fast: no timer for less
_PATIENCE = 5.0  # seconds to wait for the tail thread before giving a reader up


class Reset(Exception):
    """What the reader has seen does not fit any more: it must load the page again."""


class Hub:
    """Start it once; `follow` makes a Reader for each connection."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._ring: Ring | None = None
        self._published = 0
        self._ticked_at = 0.0
        self._due: asyncio.TimerHandle | None = None
        self._changed = asyncio.Event()
        self._frames: dict[tuple[Viewer, int], Frame] = {}
        self._tail = Tail(self._later(self._refill), self._later(self._extend))
        self._tail.start()
        self._beat: asyncio.TimerHandle = self._loop.call_later(_BEAT, self._on_beat)

    async def stop(self) -> None:
        """End the reading thread. Readers are left waiting: the server closes their connections, and they come back."""
        self._tail.stop()
        self._beat.cancel()
        if self._due:
            self._due.cancel()
        await asyncio.to_thread(self._tail.join, 2 * LOOK)

    async def follow(self, viewer: Viewer, cursor: Cursor) -> "Reader":
        """A reader that goes on after `cursor`. Raises Reset where nobody can."""
        if not self._fits(cursor):
            await self._ask_database(cursor)
        return Reader(self, viewer, cursor)

    def stands_at(self, epoch: str) -> int | None:
        """The number up to which everything is published in this epoch; None in another epoch."""
        return self._published if self._ring and self._ring.epoch == epoch else None

    def frame(self, viewer: Viewer, epoch: str, after: int) -> Frame | None:
        """What follows `after`; None where the ring does not reach so far back. Raises Reset in another epoch."""
        ring = self._ring
        if ring is None or ring.epoch != epoch:
            raise Reset
        if after < ring.floor or self._published - after > FAR:
            return None
        return self._shared_frame(ring, ring.sharing(viewer), after)

    async def tick(self) -> None:
        """Wait until something was published, or a few seconds have passed."""
        await self._changed.wait()

    @property
    def ticked_at(self) -> float:
        return self._ticked_at

    def _shared_frame(self, ring: Ring, viewer: Viewer, after: int) -> Frame:
        found = self._frames.get((viewer, after))
        if found is None:
            found = ring.frame(viewer, after, self._published)
            if len(self._frames) < _SHARED:
                self._frames[viewer, after] = found
        return found

    def _fits(self, cursor: Cursor) -> bool:
        return self._ring is not None and self._ring.epoch == cursor.epoch and cursor.after <= self._ring.last

    async def _ask_database(self, cursor: Cursor) -> None:
        """A page just made may know of a number or an epoch that the tail has not read yet; a false one never comes."""
        last = await ask(head)
        if cursor.epoch != last.epoch or cursor.after > last.seq:
            raise Reset
        try:
            async with asyncio.timeout(_PATIENCE):
                while not self._fits(cursor):
                    await self.tick()
        except TimeoutError:
            raise Reset from None

    def _later(self, method):  # type: ignore[no-untyped-def]  # any arguments, handed through
        """The same method, called from the tail thread and run in the loop."""

        def call(*values: object) -> None:
            if not self._loop.is_closed():
                self._loop.call_soon_threadsafe(method, *values)

        return call

    def _refill(self, ring: Ring) -> None:
        self._ring = ring
        self._publish()

    def _extend(self, items: Sequence[Told], upto: int) -> None:
        assert self._ring is not None  # the tail refills first
        self._ring.add(items, upto)
        wait = self._ticked_at + TICK - self._loop.time()
        if wait <= 0:
            self._publish()
        elif self._due is None:
            self._due = self._loop.call_later(wait, self._publish)

    def _publish(self) -> None:
        self._due = None
        self._ticked_at = self._loop.time()
        self._frames.clear()
        self._published = self._ring.last if self._ring else 0
        self._wake_readers()

    def _on_beat(self) -> None:
        self._beat = self._loop.call_later(_BEAT, self._on_beat)
        self._wake_readers()

    def _wake_readers(self) -> None:
        before, self._changed = self._changed, asyncio.Event()
        before.set()


class Reader:
    """One connection's place in the feed."""

    def __init__(self, hub: Hub, viewer: Viewer, cursor: Cursor) -> None:
        self._hub, self._viewer = hub, viewer
        self.epoch, self.after = cursor.epoch, cursor.after
        self._sent_at = 0.0

    async def next(self, beat: float) -> Frame:
        """The next frame with a text, or one without after `beat` seconds in which nothing came. Raises Reset."""
        clock = asyncio.get_running_loop()
        began = clock.time()
        while True:
            ticked = self._is_level()
            if ticked:
                await self._hub.tick()
            wait = self._sent_at + TICK - clock.time()
            if wait > _EARLY:
                await asyncio.sleep(wait)
            frame = self._hub.frame(self._viewer, self.epoch, self.after) or await self._from_database()
            self.after = max(self.after, frame.cursor)
            if frame.text is not None:
                self._sent_at = self._hub.ticked_at if ticked else clock.time()
                return frame
            if clock.time() - began >= beat:
                return Frame(None, self.after)

    def _is_level(self) -> bool:
        """Is there nothing more to take before the next tick?"""
        at = self._hub.stands_at(self.epoch)
        return at is not None and at <= self.after

    async def _from_database(self) -> Frame:
        found = await ask(read, self._viewer, Cursor(self.epoch, self.after))
        if found is None:
            raise Reset
        return found


_here: Hub | None = None


def hub() -> Hub:
    """The Hub of this process and loop, started when first asked for."""
    global _here
    if _here is None or _here._loop is not asyncio.get_running_loop():
        _here = Hub()
    return _here


async def stop_hub() -> None:
    """End the Hub of this process, if one runs."""
    global _here
    stopping, _here = _here, None
    if stopping is not None:
        await stopping.stop()
