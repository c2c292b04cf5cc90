"""How many of a group's lamps were on at a moment? Their switchings in order; pure."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import accumulate

FEWEST = 5  # others


class Group:
    """Lamps of a dong, or of a district: what each was before (`on`, `off`; empty: not heard yet), then their words."""

    def __init__(self, before: Mapping[int, str], words: Iterable[tuple[datetime, int, str]]) -> None:
        """`words` are (t, lamp, power state)."""
        power = dict(before)
        steps: list[tuple[datetime, int, int]] = []
        for t, lamp, said in sorted(words, key=lambda word: word[0]):
            was = power.get(lamp, "")
            power[lamp] = said
            steps.append((t, not was, (said == "on") - (was == "on")))
        self._times = [t for t, _told, _lit in steps]
        self._told = list(accumulate((told for _t, told, _lit in steps), initial=sum(map(bool, before.values()))))
        first = sum(said == "on" for said in before.values())
        self._lit = list(accumulate((lit for _t, _told, lit in steps), initial=first))

    def can_tell(self, at: datetime) -> bool:
        """Whether enough others have said anything to know the weather by."""
        return self._told[bisect_right(self._times, at)] > FEWEST

    def others_lit(self, at: datetime) -> float:
        """The share of the others that are on, as a lamp sees it that is on itself; 0 where there are none."""
        place = bisect_right(self._times, at)
        told, lit = self._told[place], self._lit[place]
        return max(0.0, (lit - 1) / (told - 1)) if told > 1 else 0.0
