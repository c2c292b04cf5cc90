"""What happens when readings arrive? History, state and feed in one transaction; a repetition changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Trim

from civic.devices.hearing import BREAK, break_of
from civic.devices.models import Clock, Device, DeviceState, DeviceToken, Gateway, Observation
from civic.devices.newest import merged, stamp, value_of
from civic.devices.reading import AHEAD, Reading
from civic.devices.rules.readings import why_not_believe, why_not_speak_for
from civic.devices.shown import live_state
from civic.devices.switching import date_switchings
from civic.feed.models import Audience
from civic.feed.write import Line, append_all

from .other_clock import begin_anew

SWITCHED = "DeviceSwitched"
Numbered = tuple[int, Reading]  # where it stood in the request


@dataclass
class Taken:
    """What became of the readings: sent = accepted + duplicate + rejected. `late` are of those accepted."""

    accepted: int = 0
    duplicate: int = 0
    late: int = 0
    rejected: list[dict[str, Any]] = field(default_factory=list)

    def reject(self, index: int, reason: str) -> None:
        self.rejected.append({"index": index, "reason": reason})


@transaction.atomic
def take_readings(*, by: DeviceToken, readings: Sequence[Numbered], at: datetime) -> Taken:
    """Store what a device or a gateway sent. A device's readings are one by (device, t, mid); the first is kept."""
    taken = Taken()
    now = _now(by.gateway, readings, at)
    rows = Device.objects.filter(tag__in={reading.tag for _n, reading in readings})
    devices = {row.tag: row for row in rows.annotate(installed_year=F("streetlight__installed_year"))}
    allowed: list[Numbered] = []
    for index, reading in readings:
        device = devices.get(reading.tag)
        refusal = why_not_speak_for(by, device) or (device and why_not_believe(reading.t, device.installed_year, now))
        if refusal:
            taken.reject(index, refusal.code)
        else:
            allowed.append((index, reading))
    spoken = {devices[reading.tag].pk for _n, reading in allowed}
    states = _locked_states(spoken)
    fresh = _without_known([reading for _n, reading in allowed], devices, taken)
    before = {pk: state.power_state for pk, state in states.items()}
    begun = begin_anew(by=by, states=[states[pk] for pk in {devices[reading.tag].pk for reading in fresh}])
    observed = [_observe(reading, states[devices[reading.tag].pk], now, at) for reading in fresh]
    for row in observed:
        states[row.device_id].via_id = states[row.device_id].via_id if row.late else by.gateway_id
    taken.accepted, taken.late = len(observed), sum(o.late for o in observed)
    Observation.objects.bulk_create(observed, batch_size=500)
    date_switchings(states, observed)
    _keep_states([states[pk] for pk in {o.device_id for o in observed}])
    moved = begun | {pk for pk, state in states.items() if state.power_state != before[pk]}
    append_all(_switchings([device for device in devices.values() if device.pk in moved], states, at))
    if observed and by.gateway and by.gateway.clock == Clock.REAL:
        _note_heard(by.gateway, at)
    return taken


def _locked_states(spoken: set[int]) -> dict[int, DeviceState]:
    """Locked in one order, so that no two senders wait for each other and an object's items follow its commits."""
    DeviceState.objects.bulk_create(
        [DeviceState(device_id=pk) for pk in sorted(spoken - _with_state(spoken))], ignore_conflicts=True
    )
    rows = DeviceState.objects.select_for_update().filter(device__in=spoken).order_by("pk")
    return {state.device_id: state for state in rows}


def _with_state(spoken: set[int]) -> set[int]:
    return set(DeviceState.objects.filter(device__in=spoken).values_list("device", flat=True))


def _now(gateway: Gateway | None, readings: Iterable[Numbered], at: datetime) -> datetime:
    """The database's clock, or for a gateway with a simulated one the newest `t` it has sent."""
    if gateway is None or gateway.clock == Clock.REAL:
        return at
    gateway = Gateway.objects.select_for_update().get(pk=gateway.pk)
    newest = max((reading.t for _n, reading in readings), default=gateway.clock_at or at)
    if gateway.clock_at is None or newest > gateway.clock_at:
        Gateway.objects.filter(pk=gateway.pk).update(clock_at=newest)
        return newest
    return gateway.clock_at


def _note_heard(gateway: Gateway, at: datetime) -> None:
    """That it brought something new; the last row to be locked, so that senders never wait for each other in a ring."""
    row = Gateway.objects.select_for_update().get(pk=gateway.pk)
    pause = at - row.heard_at if row.heard_at else None
    if pause is None or (pause > BREAK and pause > break_of(row)):
        row.steady_since = at
    row.heard_at = max(at, row.heard_at or at)
    row.save(update_fields=["heard_at", "steady_since"])


def _without_known(readings: list[Reading], devices: Mapping[str, Device], taken: Taken) -> list[Reading]:
    """Those that are not stored yet; repetitions are counted, and marked where they say something else."""
    ids, moments = {devices[r.tag].pk for r in readings}, {r.t for r in readings}
    rows = Observation.objects.filter(device__in=ids, t__in=moments).only("device", "t", "mid", "values")
    stored = {(o.device_id, o.t, o.mid): (o.pk, o.values) for o in rows}
    fresh: dict[tuple[int, datetime, str], Reading] = {}
    conflicting: set[int] = set()
    for reading in readings:
        key = (devices[reading.tag].pk, reading.t, reading.mid)
        if key in stored and stored[key][1] != reading.values:
            conflicting.add(stored[key][0])
        if key in stored or key in fresh:
            taken.duplicate += 1
        else:
            fresh[key] = reading
    if conflicting:
        rows = Observation.objects.filter(pk__in=conflicting).exclude(flags__contains="conflict")
        rows.update(flags=Trim(Concat(F("flags"), Value(" conflict"))))
    return list(fresh.values())


def _observe(reading: Reading, state: DeviceState, now: datetime, at: datetime) -> Observation:
    """The row of history, and the state moved on. A clock far ahead is not believed: the time of receipt counts."""
    ahead = reading.t > now + AHEAD
    t = now if ahead else reading.t
    late = state.observed_at is not None and t < state.observed_at
    mid = f"{stamp(reading.t)} {reading.mid}" if ahead else reading.mid  # in their own order, received at once
    state.metrics = merged(state.metrics, t=t, mid=mid, values=reading.values)
    power = value_of(state.metrics, "powerState") or ""
    if power != state.power_state:
        state.power_state, state.switched_at = power, t
    state.observed_at = state.observed_at if late else t
    state.received_at, state.waiting = at, True
    flags = " ".join(word for word, is_so in (("clock", ahead), ("zone", reading.zone_assumed)) if is_so)
    return Observation(
        device_id=state.device_id,
        t=reading.t,
        mid=reading.mid,
        values=reading.values,
        received_at=at,
        late=late,
        flags=flags,
    )


def _keep_states(states: list[DeviceState]) -> None:
    DeviceState.objects.bulk_create(
        states,
        update_conflicts=True,
        unique_fields=["device"],
        update_fields=["observed_at", "received_at", "power_state", "switched_at", "metrics", "via", "waiting"],
        batch_size=500,
    )


def _switchings(devices: Iterable[Device], states: dict[int, DeviceState], at: datetime) -> list[Line]:
    """One public item for each device whose lamp is not as it was: absolute state, by the device's own time."""
    lines = []
    for device in devices:
        told, about = live_state(states[device.pk]), {"district": device.district_id}
        item = Line(key=device.key, kind=SWITCHED, at=at, state=told, fact=about, audience=Audience.PUBLIC)
        lines.append(item)
    return lines
