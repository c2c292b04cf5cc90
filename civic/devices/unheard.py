"""Who has to be judged, and what did they say since? Reads for the judges, whose own memory is in DeviceState."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from .judging import lamp
from .judging.group import Group
from .models import Clock, Device, DeviceFinding, DeviceState, Gateway, Kind, Observation


def to_judge(at: datetime) -> list[int]:
    """Devices that said something new, and lamps silent beyond their grace; lost ones have been judged.

    Two questions, because one with OR and a join took PostgreSQL 15 s right after an import, before its statistics.
    """
    found = set(DeviceState.objects.filter(waiting=True).values_list("device", flat=True))
    simulated = Gateway.objects.filter(clock=Clock.SIMULATED, clock_at__isnull=False)
    clocks = [(~Q(via__in=simulated.values("pk")), at), *((Q(via=g), g.clock_at or at) for g in simulated)]
    lamps = Device.objects.filter(kind=Kind.STREETLIGHT, retired_at__isnull=True, report_interval__isnull=False)
    lost = DeviceFinding.objects.filter(code=lamp.OFFLINE, closed_at=None).values("device")
    for seconds in lamps.order_by().values_list("report_interval", flat=True).distinct():
        reporting = lamps.filter(report_interval=seconds).exclude(pk__in=lost).values("pk")
        grace = lamp.grace_of(timedelta(seconds=seconds or 0))
        for whose, now in clocks:
            silent = DeviceState.objects.filter(whose, observed_at__lt=now - grace, device__in=reporting)
            found.update(silent.values_list("device", flat=True))
    return sorted(found)


def now_of(state: DeviceState, at: datetime) -> datetime:
    """The time at a device: its gateway's where that is simulated, else `at`.

    A row that was waited for is newer than the gateway that was read with it (PostgreSQL, READ COMMITTED): what the
    device has said itself moves a simulated clock too.
    """
    if state.via is None or state.via.clock == Clock.REAL:
        return at
    said = [moment for moment in (state.via.clock_at, state.observed_at) if moment]
    return max(said, default=at)


def unheard(states: Iterable[DeviceState]) -> dict[int, list[lamp.Said]]:
    """{device: what its judge has not heard}. A clock that was not believed counts from its receipt."""
    waiting = [state.device_id for state in states if state.waiting]
    rows = _news().filter(device__in=waiting)
    heard: dict[int, list[lamp.Said]] = defaultdict(list)
    for row in rows.only("device", "t", "values", "received_at", "flags"):
        heard[row.device_id].append((row.received_at if "clock" in row.flags else row.t, row.values))
    return heard


def spoken_times() -> dict[int | None, list[datetime]]:
    """{gateway: when anybody spoke through it that is still unheard}; None: devices that speak for themselves."""
    found: dict[int | None, list[datetime]] = defaultdict(list)
    for gateway, t in _news().filter(device__state__waiting=True).values_list("device__state__via", "t").distinct():
        found[gateway].append(t)
    return found


def group_of(dong: str | None) -> Group:
    """The lamps of a dong as their judges heard them, with what is still unheard; None: of no known dong."""
    states = DeviceState.objects.filter(device__dong=dong).exclude(power_state="")
    rows = _news().filter(device__dong=dong, device__state__waiting=True).values_list("t", "device", "values")
    words = [(t, device, str(said["powerState"])) for t, device, said in rows if "powerState" in said]
    return Group(dict(states.values_list("device", "heard_power")), words)


def _news() -> QuerySet[Observation]:
    return Observation.objects.filter(t__gt=F("device__state__heard_at"))
