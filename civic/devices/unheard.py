"""Who has to be judged, and what did they say since? Reads for the judges, whose own memory is in DeviceState."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from .judging import lamp
from .judging.group import Group
from .models import NEVER, STANDING, Clock, Device, DeviceFinding, DeviceState, Gateway, Kind, Observation

Around = tuple[bool, str, str | None]  # whether a night is played there, district, dong; no dong: all of the district
_PLACE = ("device__district", "device__dong")
SAID_AT = Case(When(flags__contains="clock", then=F("received_at")), default=F("t"))  # as Observation.said_at


def to_judge(at: datetime, awake_since: datetime | None) -> list[int]:
    """Devices that said something new or whose word has stood long enough, lamps silent beyond their grace, and
    retired ones with something open. Lost ones have been judged.

    Each table is asked by itself: one question with OR and a join took PostgreSQL 15 s right after an import, before
    its statistics.
    """
    found = set(DeviceState.objects.filter(waiting=True).values_list("device", flat=True))
    gone = DeviceFinding.objects.filter(closed_at=None, device__retired_at__isnull=False)
    found.update(gone.values_list("device", flat=True))
    lamps = Device.objects.filter(kind=Kind.STREETLIGHT, retired_at__isnull=True, report_interval__isnull=False)
    intervals = list(lamps.order_by().values_list("report_interval", flat=True).distinct())
    for whose, since, now in _lines(at, awake_since):
        due = DeviceState.objects.filter(whose, look_at__lte=now)
        found.update(due.values_list("device", flat=True))
        for seconds in intervals:
            last = now - lamp.grace_of(timedelta(seconds=seconds or 0))
            if since is None or since < last:
                found.update(_silent(lamps.filter(report_interval=seconds), whose, last))
    return sorted(found)


def _lines(at: datetime, awake_since: datetime | None) -> list[tuple[Q, datetime | None, datetime]]:
    """Whose words come the same way, since when without a break, and the newest moment one has heard that way."""
    lines = [(Q(via=None), awake_since, at)]
    for gateway in Gateway.objects.all():
        played = gateway.clock == Clock.SIMULATED
        since, now = (None, gateway.clock_at) if played else (gateway.steady_since, gateway.heard_at)
        lines.append((Q(via=gateway), since, now or NEVER))
    return lines


def _silent(lamps: QuerySet[Device], whose: Q, last: datetime) -> Iterable[int]:
    lost = DeviceFinding.objects.filter(code=lamp.OFFLINE, closed_at=None).values("device")
    reporting = lamps.exclude(pk__in=lost).values("pk")
    silent = DeviceState.objects.filter(whose, observed_at__lt=last, device__in=reporting)
    return silent.values_list("device", flat=True)


def is_played(state: DeviceState) -> bool:
    """Whether a night is played on it: its gateway has a simulated clock."""
    return state.via is not None and state.via.clock == Clock.SIMULATED


def now_of(state: DeviceState, at: datetime) -> datetime:
    """The time at a device: its gateway's where that is simulated, else `at`.

    A row that was waited for is newer than the gateway that was read with it (PostgreSQL, READ COMMITTED): what the
    device has said itself moves a simulated clock too.
    """
    if state.via is None or not is_played(state):
        return at
    said = [moment for moment in (state.via.clock_at, state.observed_at) if moment]
    return max(said, default=at)


def unheard(states: Iterable[DeviceState]) -> dict[int, list[lamp.Said]]:
    """{device: what its judge has not heard, in order}. Of what it said at one moment the newest of each metric."""
    waiting = [state.device_id for state in states if state.waiting]
    rows = _news().filter(device__in=waiting)
    heard: dict[int, dict[datetime, Mapping[str, Any]]] = defaultdict(dict)
    for row in rows.only("device", "t", "mid", "values", "received_at", "flags").order_by("t", "mid"):
        said = heard[row.device_id]
        said[row.said_at] = {**said.get(row.said_at, {}), **row.values}
    return defaultdict(list, {pk: sorted(said.items()) for pk, said in heard.items()})


def spoken_times() -> dict[int | None, list[datetime]]:
    """{gateway: when anybody spoke through it that is still unheard}; None: devices that speak for themselves."""
    found: dict[int | None, list[datetime]] = defaultdict(list)
    rows = _news().filter(device__state__waiting=True).annotate(said=SAID_AT)
    for gateway, t in rows.values_list("device__state__via", "said").distinct():
        found[gateway].append(t)
    return found


def groups() -> dict[Around, Group]:
    """{around: its lamps as their judges heard them, with what is still unheard}.

    Two queries. All at one moment: who is judged early in a round must not look different to who is judged late.
    """
    before: dict[Around, dict[int, str]] = defaultdict(dict)
    words: dict[Around, list[tuple[datetime, int, str]]] = defaultdict(list)
    states = DeviceState.objects.exclude(power_state="")
    for device, power, clock, *place in states.values_list("device", "heard_power", "via__clock", *_PLACE):
        for around in _around(clock, *place):
            before[around][device] = power
    rows = _news().filter(device__state__waiting=True).annotate(said=SAID_AT)
    told = rows.values_list("said", "device", "values", "device__state__via__clock", *_PLACE)
    for t, device, said, clock, *place in told:
        for around in _around(clock, *place) if "powerState" in said else ():
            words[around].append((t, device, str(said["powerState"])))
    return {around: Group(before[around], words[around]) for around in {*before, *words}}


def _around(clock: str | None, district: str, dong: str | None) -> set[Around]:
    """Lamps of one clock: by another one it is another hour."""
    played = clock == Clock.SIMULATED
    return {(played, district, dong), (played, district, None)}


def _news() -> QuerySet[Observation]:
    """What a clock far ahead said is heard once too: by its receipt."""
    heard = F("device__state__heard_at")
    return Observation.objects.filter(STANDING, t__gt=heard).exclude(flags__contains="clock", received_at__lte=heard)
