"""What is wrong in a cabinet's circuit, or with a lamp that has none, however seldom one looks? Pure.

Verdicts go by the times in the readings, not by when somebody came to judge: hours judged at once, after a worker was
down or where a night is played in minutes, give what judging every few seconds gives.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from . import cabinet, lamp
from .lamp import Finding, LampState, Lit, Said

STEP = timedelta(minutes=5)  # of the looks at a circuit: a window in which losses count as one
MOST_LOOKS = 288  # a day of them; a longer time is looked at in longer steps
_EARLIEST = datetime.min.replace(tzinfo=UTC)  # as now: nobody is silent yet


def judge_lone(state: LampState, said: Sequence[Said], now: datetime, lit: Lit) -> tuple[LampState, list[Finding]]:
    """Judge a lamp without a cabinet by each of its readings, then by its silence."""
    found: list[Finding] = []
    for t, values in sorted(said, key=lambda one: one[0]):
        state, some = lamp.judge(state, [(t, values)], t, lit=lit)
        found += some
    state, some = lamp.judge(state, [], now, lit=lit)
    return state, found + some


@dataclass
class Circuit:
    """A cabinet and its lamps by tag, each with what it said since it was judged and with its neighbours."""

    cabinet: cabinet.CabinetState
    lamps: dict[str, LampState]
    said: Mapping[str, Sequence[Said]] = field(default_factory=dict)
    lit: Mapping[str, Lit] = field(default_factory=dict)

    def judge(self, now: datetime, spoken: Iterable[datetime] = ()) -> list[tuple[str | None, Finding]]:
        """Bring the states up to `now`; findings in their order, with the lamp's tag or None for the cabinet.

        `spoken` are the times at which anybody spoke through the circuit's gateway: only then is silence the lamps'
        own. A gateway that was away takes no cabinet along.
        """
        found: list[tuple[str | None, Finding]] = []
        before = _EARLIEST
        for look in self._looks(now, spoken):
            fresh = {tag: [one for one in said if before < one[0] <= look] for tag, said in self.said.items()}
            found += self._ask_lamps(look, fresh, _EARLIEST)
            children = [_child(tag, state, look) for tag, state in self.lamps.items()]
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
                lit=self.lit.get(tag, _nobody_lit),
                parent_lost=self.cabinet.lost,
                spared_until=cabinet.spared_until(self.cabinet, state.profile.interval),
            )
            found += [(tag, finding) for finding in some]
        return found

    def _looks(self, now: datetime, spoken: Iterable[datetime]) -> list[datetime]:
        """The ends of the steps in which somebody spoke, never again where one has looked, and `now`."""
        since = self.cabinet.looked_at or _EARLIEST
        times = [t for t in spoken if since < t < now]
        if not times:
            return [now]
        first = min(times)
        step = max(STEP, (now - first) / MOST_LOOKS)
        ends = {first + ((t - first) // step + 1) * step for t in times}
        return [*sorted(end for end in ends if end < now), now]


def _child(tag: str, lamp: LampState, look: datetime) -> cabinet.Child:
    lost_at, interval = lamp.lost_at(look), lamp.profile.interval
    return cabinet.Child(tag, lost_at, interval, lamp.seen_at, silence=lamp.is_silent(look), lit=lamp.says_lit)


def _nobody_lit(_t: datetime) -> float:
    return 0.0
