"""What is wrong in a cabinet's circuit, or with a lamp that has none, however seldom one looks? Pure.

Verdicts go by the times in the readings, not by when somebody came to judge: hours judged at once, after a worker was
down or where a night is played in minutes, give what judging every few seconds gives.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from . import cabinet, lamp
from .lamp import Finding, LampState, Said

STEP = timedelta(minutes=5)  # of the looks at a circuit: a window in which losses count as one
MOST_LOOKS = 288  # a day of them; a longer time is looked at in longer steps
_EARLIEST = datetime.min.replace(tzinfo=UTC)  # as now: nobody is silent yet

Lit = Callable[[datetime], float]  # a moment -> the share of the lamp's neighbours that are on


def judge_lone(state: LampState, said: Sequence[Said], now: datetime, lit: Lit) -> tuple[LampState, list[Finding]]:
    """Judge a lamp without a cabinet by each of its readings, then by its silence."""
    found: list[Finding] = []
    for t, values in sorted(said, key=lambda one: one[0]):
        state, some = lamp.judge(state, [(t, values)], t, group_lit=lit(t))
        found += some
    state, some = lamp.judge(state, [], now)
    return state, found + some


@dataclass
class Circuit:
    """A cabinet and its lamps by tag, each with what it said since it was judged and with its neighbours."""

    cabinet: cabinet.CabinetState
    lamps: dict[str, LampState]
    said: Mapping[str, Sequence[Said]] = field(default_factory=dict)
    lit: Mapping[str, Lit] = field(default_factory=dict)

    def judge(self, now: datetime) -> list[tuple[str | None, Finding]]:
        """Bring the states up to `now`; findings in their order, with the lamp's tag or None for the cabinet."""
        found: list[tuple[str | None, Finding]] = []
        before = _EARLIEST
        for look in self._looks(now):
            fresh = {tag: [one for one in said if before < one[0] <= look] for tag, said in self.said.items()}
            found += self._ask_lamps(look, fresh, _EARLIEST)
            children = [cabinet.Child(tag, s.lost_at(look), s.profile.interval) for tag, s in self.lamps.items()]
            self.cabinet, about = cabinet.judge(self.cabinet, children, look)
            found += [(None, finding) for finding in about]
            found += self._ask_lamps(look, {}, look)
            self.cabinet, before = replace(self.cabinet, looked_at=look), look
        return found

    def _ask_lamps(
        self, look: datetime, fresh: Mapping[str, Sequence[Said]], now: datetime
    ) -> list[tuple[str | None, Finding]]:
        found: list[tuple[str | None, Finding]] = []
        for tag, state in self.lamps.items():
            self.lamps[tag], some = lamp.judge(
                state,
                fresh.get(tag, ()),
                now,
                group_lit=self.lit[tag](look) if fresh.get(tag) and tag in self.lit else 0.0,
                parent_lost=self.cabinet.lost,
                spared_until=cabinet.spared_until(self.cabinet, state.profile.interval),
            )
            found += [(tag, finding) for finding in some]
        return found

    def _looks(self, now: datetime) -> list[datetime]:
        """From the first thing that can change a verdict, but never again where one has looked, in steps to `now`."""
        first = min([*self._first_words(), *self._first_silences(now), now])
        first = min(max(first, self.cabinet.looked_at or first), now)
        step = max(STEP, (now - first) / MOST_LOOKS)
        looks = [first + n * step for n in range(1, MOST_LOOKS + 1) if first + n * step < now]
        return [*looks, now]

    def _first_words(self) -> list[datetime]:
        seen = {tag: state.seen_at or _EARLIEST for tag, state in self.lamps.items()}
        return [t for tag, said in self.said.items() for t, _values in said if t > seen[tag]]

    def _first_silences(self, now: datetime) -> list[datetime]:
        ends = [s.seen_at + s.profile.grace for s in self.lamps.values() if _counts(s) and s.seen_at]
        return [end for end in ends if end < now]


def _counts(state: LampState) -> bool:
    """A lamp whose silence would be news."""
    return state.profile.interval is not None and lamp.OFFLINE not in state.open
