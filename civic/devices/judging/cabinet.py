"""Has a cabinet lost its supply? One finding on the parent in place of one for each of its lamps; pure."""

from collections.abc import Callable, Iterable, Sequence
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
    """A lamp of the cabinet: when it was lost, if it is, and whether by `silence`; how often it reports, when it was
    heard last, and whether its last word, which stands until the next one, is that it is `lit`.
    """

    tag: str
    lost_at: datetime | None
    interval: timedelta | None = None
    heard_at: datetime | None = None
    silence: bool = False
    lit: bool = False

    def would_fall_silent(self, since: datetime) -> bool:
        """Would one know if it had lost its supply? It owes reports, or it has spoken all the same and is not dark."""
        if self.heard_at is None:
            return False
        return self.interval is not None or (self.lost_at is None and self.heard_at > since)

    def would_tell(self, since: datetime) -> bool:
        """Would one know of it, however it tells? It is lost, or it would fall silent."""
        return self.lost_at is not None or self.would_fall_silent(since)

    def would_say(self, since: datetime) -> bool:
        """Would one know where lamps say that they are dark? Then who says that it is lit could say so too."""
        return self.lit or self.would_tell(since)


@dataclass(frozen=True)
class CabinetState:
    """Whether the finding is open, for which lamps, when the supply came back last, and when one looked last."""

    lost: bool = False
    children: frozenset[str] = frozenset()
    back_at: datetime | None = None
    looked_at: datetime | None = None


def judge(state: CabinetState, readings: Iterable[Child], now: datetime) -> tuple[CabinetState, list[Finding]]:
    """Judge a cabinet by its lamps: what they say together is its reading. Shares are of those that would tell.

    A dead supply silences those that owe reports, and the others tell nothing; where lamps say that they are dark,
    those that say they are lit speak against it. Lamps that report every ten minutes fall silent within ten minutes of
    each other, hence the longer window.
    """
    children = list(readings)
    lost = [child for child in children if child.lost_at is not None]
    if state.lost:
        if _most_of_those_that_tell(lost, children, state.children, now):
            return replace(state, children=state.children | {child.tag for child in lost}), []
        return CabinetState(back_at=now), [Finding(LOST, False, now)]
    silent = _together([child for child in lost if child.silence])
    together = _together(lost)
    if not (_enough(together, children, Child.would_say) or _enough(silent, children, Child.would_fall_silent)):
        return state, []
    tags = frozenset(child.tag for child in (*together, *silent))
    return CabinetState(True, tags, state.back_at), [Finding(LOST, True, now)]


def mended_nothing(state: CabinetState, readings: Iterable[Child], since: datetime) -> bool:
    """Whether a lost cabinet would stay lost by what its lamps do since a repair: `lost_at` is since then too.

    Who has neither been silent for too long since nor said anew that it is dark contradicts nothing.
    """
    children = list(readings)
    lost = [child for child in children if child.lost_at is not None]
    silent = [child for child in lost if child.silence]
    owing = [child for child in children if child.would_fall_silent(since)]
    by_silence = len(silent) >= FEWEST and len(silent) >= BACK_SHARE * len(owing)
    return by_silence or _most_of_those_that_tell(lost, children, state.children, since)


def window_of(interval: timedelta | None) -> timedelta:
    """How far apart losses with one cause may lie: a lamp's `hold` before it is judged by itself."""
    return max(WINDOW, interval or WINDOW)


def spared_until(state: CabinetState, interval: timedelta | None) -> datetime | None:
    """Until when a lamp of this cabinet is not judged by itself; None where the supply was never lost."""
    return state.back_at + SPARED_BEATS * (interval or WINDOW) if state.back_at else None


def _enough(together: Sequence[Child], children: Iterable[Child], tells: Callable[[Child, datetime], bool]) -> bool:
    """Whether lamps that were lost together are a cabinet's share of those that would tell of such a loss."""
    if len(together) < FEWEST:
        return False
    first = min(child.lost_at for child in together if child.lost_at)
    return len(together) >= LOST_SHARE * sum(tells(child, first) for child in children)


def _most_of_those_that_tell(
    lost: Sequence[Child], children: Iterable[Child], before: frozenset[str], since: datetime
) -> bool:
    """Whether too few are back; `before` are those that were lost, whatever they would tell."""
    told = [child for child in children if child.would_tell(since) or child.tag in before]
    return bool(lost) and len(lost) >= BACK_SHARE * len(told)


def _together(lost: list[Child]) -> list[Child]:
    """The most lamps that were lost within one window."""
    found: list[Child] = []
    timed = sorted(((child.lost_at, child) for child in lost if child.lost_at), key=lambda pair: pair[0])
    for start, first in timed:
        window = window_of(first.interval)
        group = [child for moment, child in timed if start <= moment <= start + window]
        found = max(found, group, key=len)
    return found
