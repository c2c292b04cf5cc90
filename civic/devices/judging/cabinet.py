"""Has a cabinet lost its supply? One finding on the parent in place of one for each of its lamps; pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .lamp import Finding

LOST = "supplyLoss"  # TALQ
LOST_SHARE, FEWEST = 0.6, 5  # of its lamps, within one window
BACK_SHARE = 0.4  # still lost: fewer means that the supply is back
WINDOW = timedelta(minutes=5)
SPARED_BEATS = 2  # of its own that a lamp has after the supply is back, before it is judged by itself again


@dataclass(frozen=True)
class Child:
    """A lamp of the cabinet: when it was lost, if it is, how often it reports, and when it was heard last."""

    tag: str
    lost_at: datetime | None
    interval: timedelta | None = None
    heard_at: datetime | None = None

    def would_tell(self, since: datetime) -> bool:
        """Would one know if it had been lost? It is, or it owes reports, or it has spoken all the same."""
        owes = self.interval is not None and self.heard_at is not None
        return self.lost_at is not None or owes or (self.heard_at is not None and self.heard_at > since)


@dataclass(frozen=True)
class CabinetState:
    """Whether the finding is open, for which lamps, when the supply came back last, and when one looked last."""

    lost: bool = False
    children: frozenset[str] = frozenset()
    back_at: datetime | None = None
    looked_at: datetime | None = None


def judge(state: CabinetState, readings: Iterable[Child], now: datetime) -> tuple[CabinetState, list[Finding]]:
    """Judge a cabinet by its lamps: what they say together is its reading. Shares are of those that would tell.

    Lamps that report every ten minutes fall silent within ten minutes of each other, hence the longer window.
    """
    children = list(readings)
    lost = [child for child in children if child.lost_at is not None]
    if state.lost:
        told = [child for child in children if child.would_tell(now) or child.tag in state.children]
        if lost and len(lost) >= BACK_SHARE * len(told):
            return replace(state, children=state.children | {child.tag for child in lost}), []
        return CabinetState(back_at=now), [Finding(LOST, False, now)]
    together = _together(lost)
    if len(together) < FEWEST:
        return state, []
    first = min(child.lost_at for child in together if child.lost_at)
    if len(together) < LOST_SHARE * sum(child.would_tell(first) for child in children):
        return state, []
    return CabinetState(True, frozenset(child.tag for child in together), state.back_at), [Finding(LOST, True, now)]


def window_of(interval: timedelta | None) -> timedelta:
    """How far apart losses with one cause may lie: a lamp's `hold` before it is judged by itself."""
    return max(WINDOW, interval or WINDOW)


def spared_until(state: CabinetState, interval: timedelta | None) -> datetime | None:
    """Until when a lamp of this cabinet is not judged by itself; None where the supply was never lost."""
    return state.back_at + SPARED_BEATS * (interval or WINDOW) if state.back_at else None


def _together(lost: list[Child]) -> list[Child]:
    """The most lamps that were lost within one window."""
    found: list[Child] = []
    timed = sorted(((child.lost_at, child) for child in lost if child.lost_at), key=lambda pair: pair[0])
    for start, first in timed:
        window = window_of(first.interval)
        group = [child for moment, child in timed if start <= moment <= start + window]
        found = max(found, group, key=len)
    return found
