"""How is every lamp of a district now? Read once for all who ask, the cursor first and the state after it.

Kept in the process: as long as nothing happens it is exact; while much happens, or the clock of a played night goes
on without a word of any lamp, it is at most FRESH seconds old.
Whoever has it goes on from its cursor, so nothing is missed; a thousand viewers cost as much as one.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from threading import Lock
from time import monotonic

from django.db.models import Max

from civic.devices.condition import CABINET_LOST, condition
from civic.devices.models import Clock, DeviceFinding, DeviceState, Gateway
from civic.faults.condition import known_as, over
from civic.faults.models import Fault, Trouble
from civic.faults.states import CLOSED
from civic.feed.models import Item
from civic.feed.numbering import Look, look

from .lamp_list import LampList, read_lamps

FRESH = 1.0  # seconds
LISTED = 60.0  # seconds after which the list itself is read again, whatever the feed says
MOVES = ("LightsImported", "CabinetPlaced", "LampsConnected", "LampsDisconnected")  # after these it is read at once


@dataclass(frozen=True)
class Street:
    """A district's lamps, `conditions` in their order (keys of devices.words.CONDITIONS) and those of its cabinets.

    `known` are conditions by an open fault, by place; `lost` tells which cabinets leave their lamps dark now, whatever
    the fault on paper says; `clock` is the simulated now where a simulated gateway speaks;
    `heard` the newest word from each dong.
    """

    district: str
    lamps: LampList
    epoch: str
    cursor: int
    conditions: tuple[str, ...]
    cabinets: tuple[str, ...]
    lost: tuple[bool, ...]
    known: dict[int, str]
    clock: datetime | None
    heard: dict[str, datetime]
    kept: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)  # what was written of it

    @cached_property
    def by_dong(self) -> dict[str, Counter[str]]:
        """{dong code: {condition: lamps}}; the code is empty where the dong is unknown."""
        counts: dict[str, Counter[str]] = {}
        for lamp, how in zip(self.lamps.lamps, self.conditions, strict=True):
            counts.setdefault(lamp.dong, Counter())[how] += lamp.count
        return counts

    @cached_property
    def total(self) -> Counter[str]:
        """{condition: lamps} of the whole district."""
        return sum(self.by_dong.values(), Counter())

    @property
    def seq(self) -> int:
        """The cursor, by the name that the head of the feed has for it."""
        return self.cursor

    @property
    def etag(self) -> str:
        played = f"-{self.clock.timestamp()}" if self.clock else ""
        return f'"{self.epoch}-{self.cursor}-{self.lamps.version}{played}"'


@dataclass
class _Kept:
    lock: Lock = field(default_factory=Lock)
    street: Street | None = None
    read_at: float = 0.0
    listed_at: float = 0.0


_kept: dict[str, _Kept] = {}


def street(district: str) -> Street:
    """The district as it is, from what is kept where that is new enough. `district` must exist."""
    kept = _kept.setdefault(district, _Kept())
    now = look()
    if (found := _good(kept, now)) is not None:
        return found
    with kept.lock:
        if (found := _good(kept, now)) is not None:  # somebody else has just read it
            return found
        started = monotonic()
        lamps = _lamps(kept, district, now, started)
        kept.street, kept.read_at = _read(district, lamps, now), started
        return kept.street


def forget() -> None:
    """Keep nothing: for tests, whose databases go back in time."""
    _kept.clear()


def _good(kept: _Kept, now: Look) -> Street | None:
    found = kept.street
    if found is None or found.epoch != now.epoch:
        return None
    same = found.cursor == now.seq and not now.waiting and monotonic() - kept.listed_at < LISTED
    return found if (same and not found.clock) or monotonic() - kept.read_at < FRESH else None


def _lamps(kept: _Kept, district: str, now: Look, started: float) -> LampList:
    before = kept.street
    if before is not None and before.epoch == now.epoch and started - kept.listed_at < LISTED:
        moved = Item.objects.filter(kind__in=MOVES).exclude(seq__lte=before.cursor)
        if not moved.exists():
            return before.lamps
    kept.listed_at = started
    return read_lamps(district)


def _read(district: str, lamps: LampList, now: Look) -> Street:
    """Five queries, however many lamps."""
    rows = DeviceState.objects.filter(device__district=district, device__retired_at__isnull=True)
    power = dict(rows.exclude(power_state="").values_list("pk", "power_state"))
    heard = rows.exclude(observed_at=None).values_list("device__dong").annotate(at=Max("observed_at"))
    wrong: dict[int, tuple[str, ...]] = {}
    for pk, code in DeviceFinding.objects.filter(closed_at=None, device__district=district).values_list(
        "device", "code"
    ):
        wrong[pk] = (*wrong.get(pk, ()), code)
    faults = _faults(district)
    return Street(
        district,
        lamps,
        now.epoch,
        now.seq,
        tuple(
            _one(power.get(lamp.pk, ""), wrong.get(lamp.pk, ()), wrong.get(lamp.parent, ()), faults.get(lamp.pk, ""))
            for lamp in lamps.lamps
        ),
        tuple(over("fault" if box.pk in wrong else "on", faults.get(box.pk, "")) for box in lamps.cabinets),
        tuple(CABINET_LOST in wrong.get(cabinet.pk, ()) for cabinet in lamps.cabinets),
        {place: faults[lamp.pk] for place, lamp in enumerate(lamps.lamps) if lamp.pk in faults},
        Gateway.objects.filter(district=district, clock=Clock.SIMULATED).aggregate(at=Max("clock_at"))["at"],
        {dong or "": at for dong, at in heard},
    )


def _faults(district: str) -> dict[int, str]:
    """{device: what is known of it by its open faults, as `known_as`}; silence is no fault of the lamp."""
    known = Fault.objects.filter(district=district, device__isnull=False).exclude(state__in=CLOSED)
    states: dict[int, set[str]] = {}
    for pk, state in known.exclude(trouble=Trouble.LINK).values_list("device", "state"):
        states.setdefault(pk or 0, set()).add(state)
    return {pk: known_as(found) for pk, found in states.items()}


@lru_cache(maxsize=500)  # a handful of combinations stand for thousands of lamps
def _one(power: str, findings: tuple[str, ...], cabinet: tuple[str, ...], fault: str) -> str:
    """What the device and its cabinet say, and over it what people say and do."""
    return over(condition(power=power, findings=findings, cabinet=cabinet), fault)
