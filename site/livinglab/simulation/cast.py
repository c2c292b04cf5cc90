"""Which lamps play a part? All of them switch; 420 report every ten minutes, twenty cabinets' lamps among them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

REPORTING = 420  # the size of the district's own trial
INTERVAL = 600  # seconds
CABINETS, ON_A_CABINET = 20, 6  # as many cabinets as groups of lamps that fail: each seed of twenty has its own
Thing = TypeVar("Thing")
HOME, HOME_LAMPS = "1120053500", 60  # Wangsimni Doseon-dong, where the story's pilot is


@dataclass(frozen=True)
class Lamp:
    """A lamp in service, as the list has it."""

    tag: str
    dong: str
    has_point: bool


@dataclass(frozen=True)
class Cast:
    """Tags: of all lamps by dong, of those that report, and of each cabinet's lamps."""

    lamps: Mapping[str, str]
    reporting: Sequence[str]
    cabinets: Mapping[str, Sequence[str]]

    @property
    def soloists(self) -> list[str]:
        """Lamps that report and hang on no cabinet: those of which one fails by itself."""
        hanging = {tag for tags in self.cabinets.values() for tag in tags}
        return [tag for tag in self.reporting if tag not in hanging]


def cast_of(district: str, lamps: Iterable[Lamp], reporting: int = REPORTING) -> Cast:
    """The same cast for the same list, whatever is played. `lamps` come in the list's order."""
    everyone = list(lamps)
    by_dong: dict[str, list[str]] = defaultdict(list)
    for lamp in everyone:
        if lamp.has_point and lamp.dong:
            by_dong[lamp.dong].append(lamp.tag)
    crowded = sorted((dong for dong in by_dong if dong != HOME), key=lambda dong: (-len(by_dong[dong]), dong))
    circuits = _in_turn([[tuple(part) for part in _parts(by_dong[dong])] for dong in crowded])
    cabinets = {f"{district}-box-{n}": tags for n, tags in enumerate(islice(circuits, CABINETS), start=1)}
    chosen = dict.fromkeys(tag for tags in cabinets.values() for tag in tags)
    chosen.update(dict.fromkeys(by_dong[HOME][:HOME_LAMPS]))
    for tag in _in_turn([by_dong[dong] for dong in sorted(by_dong)]):
        if len(chosen) >= reporting:
            break
        chosen[tag] = None
    return Cast({lamp.tag: lamp.dong for lamp in everyone}, tuple(chosen), cabinets)


def _parts(tags: Sequence[str]) -> Iterator[Sequence[str]]:
    """Lamps that hang together: neighbours in the list."""
    return (tags[first : first + ON_A_CABINET] for first in range(0, len(tags) - ON_A_CABINET + 1, ON_A_CABINET))


def _in_turn(rows: Sequence[Sequence[Thing]]) -> Iterable[Thing]:
    """The first of each, the second of each, and so on."""
    for place in range(max(map(len, rows), default=0)):
        yield from (row[place] for row in rows if place < len(row))
