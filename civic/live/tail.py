"""Who reads the database for all the readers of a process? One thread, woken by knocks, looking once a second anyway.

It numbers what waits, reads what is new once, encodes it and hands it to the event loop.
"""

import logging
import threading
from collections.abc import Callable, Sequence

from django.db import connection
from django.db.models import Q

from civic.feed.listen import Listener, listener
from civic.feed.numbering import Look, look, number_items
from civic.feed.reading import items_after, last_at_or_before, oldest_seq

from .frames import Told, told
from .ring import Ring
from .stored import FAR
from .viewers import Viewer

LOOK = 1.0  # seconds: the most that a lost knock costs
_BREATH = 0.05  # seconds between two looks: in a burst every writer knocks, and frames leave four times a second
logger = logging.getLogger(__name__)


class Tail(threading.Thread):
    """Calls `refill(ring)` at the start and in a new epoch, else `extend(items, upto)`; both in this thread."""

    def __init__(self, refill: Callable[[Ring], None], extend: Callable[[Sequence[Told], int], None]) -> None:
        super().__init__(name="feed-tail", daemon=True)
        self._refill, self._extend = refill, extend
        self._epoch, self._last = "", 0
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._follow()
            except Exception:
                logger.exception("the feed could not be read; trying again in %s s", LOOK)
                self._stopped.wait(LOOK)

    def stop(self) -> None:
        """Ask the thread to end; it does within LOOK seconds."""
        self._stopped.set()

    def _follow(self) -> None:
        listening = listener()
        try:
            while not self._stopped.is_set():
                self._look()
                self._stopped.wait(_BREATH)
                self._rest(listening)
        finally:
            listening.close()
            connection.close()

    def _rest(self, listening: Listener) -> None:
        """Until a knock or the next look is due, in short waits so that the end of the process is soon noticed."""
        for _ in range(4):
            if self._stopped.is_set() or listening.wait(LOOK / 4):
                return

    def _look(self) -> None:
        number_items()
        last = look()
        if last.epoch != self._epoch or not 0 <= last.seq - self._last <= FAR:
            self._refill(_filled(last))
        elif last.seq > self._last:
            self._extend(_read(self._last, last.seq), last.seq)
        self._epoch, self._last = last.epoch, last.seq


def _filled(last: Look) -> Ring:
    oldest = oldest_seq()
    floor = max(last.seq - FAR, oldest - 1, 0) if oldest else last.seq
    ring = Ring(last.epoch, floor)
    for viewer in (Viewer(), Viewer(staff=True)):
        ring.remember_before(viewer, last_at_or_before(floor, seen_by=viewer.rows()))
    ring.add(_read(floor, last.seq), last.seq)
    return ring


def _read(after: int, upto: int) -> list[Told]:
    return [told(item) for item in items_after(after, upto - after, seen_by=Q(seq__lte=upto))]
