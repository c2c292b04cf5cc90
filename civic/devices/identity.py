"""Which lamp is this row? By its name where names are plate numbers; by its place where names are dongs.

Exact repetitions are set aside first. If the names then identify at least 95 % of the rows, a name identifies and
repetitions are duplicates. If not, every row is a lamp, known by agency, address, point and ordinal.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, count

from .official_list import AGENCY, LAT, LON, LOT, NAME, ROAD, Lamp, Remark, cells_of

SHARE = 0.95  # of rows that names must identify to be plate numbers
_PLATE = re.compile(r"\d{2}-\d{2}-+\d{2}(?!\d)")
_UNFIT = re.compile(r"[^\w]+")
LONGEST_TAG = 40  # of a name in a tag

Known = Mapping[str, tuple[str, bool]]  # identity -> the row as delivered before, and whether it is in service


@dataclass(frozen=True)
class Before:
    """A lamp of the list before, at one place."""

    ordinal: int
    content: tuple[str, ...]
    present: bool


@dataclass(frozen=True)
class Named:
    """Lamps by their identity, in the list's order; how many rows were duplicates, and what is odd about those."""

    lamps: dict[str, Lamp]
    duplicate: int
    flagged: list[Remark]


def identify(district: str, lamps: Iterable[Lamp], known: Known) -> Named:
    """Give each row its identity; `known` are the lamps of the lists before."""
    rows = list(lamps)
    distinct = {lamp.content: lamp for lamp in reversed(rows)}
    names = {lamp.cells[NAME] for lamp in distinct.values()} - {""}
    if len(names) >= SHARE * len(distinct):
        return _by_name(district, rows, known)
    return Named(_by_place(district, rows, known), 0, [])


def tags_for(district: str, identity: str, lamp: Lamp) -> Iterable[str]:
    """Tags that would do, the shortest first: a plate number, the whole name, or digits drawn from the place."""
    place, _colon, ordinal = identity.partition(":")
    if ordinal:
        digits = int(place, 16)
        yield f"{district}-{digits % 10**8:08d}-{ordinal}"
        yield f"{district}-{digits % 10**16:016d}-{ordinal}"
        return
    name = lamp.cells[NAME]
    if plate := _PLATE.match(name):
        yield f"{district}-{_fit(plate.group())}"
    whole = f"{district}-{_fit(name) or 'x'}"
    yield whole
    yield from (f"{whole}-{n}" for n in range(2, 10_000))


def _fit(name: str) -> str:
    return _UNFIT.sub("-", name)[:LONGEST_TAG].strip("-")


def _by_name(district: str, rows: list[Lamp], known: Known) -> Named:
    found: dict[str, Lamp] = {}
    flagged: list[Remark] = []
    unnamed: list[Lamp] = []
    duplicate = 0
    for lamp in rows:
        if not lamp.cells[NAME]:
            unnamed.append(lamp)
            continue
        first = found.setdefault(_digest(district, "name", lamp.cells[NAME]), lamp)
        if first is not lamp:
            duplicate += 1
            if first.content != lamp.content:
                flagged.append(Remark(lamp.row, f"the name of row {first.row} with other values: that row is kept"))
    distinct = list({lamp.content: lamp for lamp in reversed(unnamed)}.values())[::-1]
    flagged += [Remark(lamp.row, "no name: known by its place") for lamp in distinct]
    return Named(found | _by_place(district, distinct, known), duplicate + len(unnamed) - len(distinct), flagged)


def _by_place(district: str, rows: list[Lamp], known: Known) -> dict[str, Lamp]:
    """Rows of one place keep the number under which the same content stood before; the rest follow in order."""
    places: dict[str, list[Lamp]] = defaultdict(list)
    for lamp in rows:
        places[_digest(district, "place", *(lamp.cells[c] for c in (AGENCY, ROAD, LOT, LAT, LON)))].append(lamp)
    before: dict[str, list[Before]] = defaultdict(list)
    for identity, (source, present) in known.items():
        place, _colon, ordinal = identity.partition(":")
        if place in places:
            before[place].append(Before(int(ordinal), tuple(cells_of(source)), present))
    numbered = ((place, n, lamp) for place, there in places.items() for n, lamp in _ordinals(there, before[place]))
    return {f"{place}:{n}": lamp for place, n, lamp in sorted(numbered, key=lambda found: found[2].row)}


def _ordinals(rows: list[Lamp], before: list[Before]) -> Iterator[tuple[int, Lamp]]:
    """The same content keeps its number, one that is in service first; other rows take over what is left of those."""
    same: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for old in sorted(before, key=lambda old: (old.present, -old.ordinal)):
        same[old.content].append(old.ordinal)
    taken: set[int] = set()
    rest: list[Lamp] = []
    for lamp in rows:
        if same[lamp.content]:
            taken.add(n := same[lamp.content].pop())
            yield n, lamp
        else:
            rest.append(lamp)
    free = sorted(old.ordinal for old in before if old.present and old.ordinal not in taken)
    yield from zip(chain(free, count(max((old.ordinal for old in before), default=0) + 1)), rest, strict=False)


def _digest(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
