"""Has a lamp been well for long enough to call its fault closed? By its own readings; no data proves nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg

from civic.devices.judging.lamp import USUAL_POWER, draws_light, grace_of
from civic.devices.judging.sun import UNSURE, Sky
from civic.devices.models import STANDING, Device, Observation
from civic.places.models import Dong

from .clock import time_at
from .models import Fault, Trouble
from .queries import says_so
from .states import CLOSED, State
from .trouble import TOLD_BY_DEVICES

BEFORE = timedelta(hours=12)  # a lamp that reports its switching alone was lit by a reading before dusk
AFTER_A_REPORT = timedelta(hours=72)  # three nights: a loose contact is well for one, and nobody recorded a repair
A_NIGHT_AGO = timedelta(hours=20)  # before a dusk it was the night before, in any season
ENOUGH = 0.6  # of a cabinet's lamps: fewer are dark for reasons of their own
Said = tuple[datetime, Mapping[str, Any]]  # t, {metric: value}


@dataclass(frozen=True)
class Span:
    """A night, or a day, without its twilight; whether a lamp that is well is lit in it."""

    start: datetime
    end: datetime
    lit: bool


def evidence_of(fault: Fault, at: datetime, skies: dict[str, Sky] | None = None) -> datetime | None:
    """The moment, by the device's clock, if the fault can be closed by what its device said; else None.

    A lit night says nothing of a pole, a wire or a dazzling light: these an official looks at.
    `skies` is kept by whoever asks about many faults: a district's sky is looked up once.
    """
    since = fault.repaired_at or fault.closure_proposed_at
    if fault.device is None or since is None or fault.state in CLOSED or fault.trouble not in TOLD_BY_DEVICES:
        return None
    now = time_at(fault.device, at)
    if fault.state != State.REPAIRED and fault.reports and now - since < AFTER_A_REPORT:
        return None
    if says_so(fault):
        return None
    sky = sky_in({} if skies is None else skies, fault.district_id)
    span = last_span(sky, now, by_day=fault.trouble == Trouble.DAY)
    if span.start < since:
        return None
    return now if _well(fault, span) else None


def sky_in(skies: dict[str, Sky], district: str) -> Sky:
    """The sky above a district, looked up once and kept in `skies`."""
    if district not in skies:
        middle = Dong.objects.filter(district=district).aggregate(lat=Avg("lat"), lon=Avg("lon"))
        skies[district] = Sky(middle["lat"], middle["lon"])
    return skies[district]


def last_span(sky: Sky, now: datetime, *, by_day: bool) -> Span:
    """The last whole night, or day, that is over."""
    dusk, dawn = sky.night(now)
    for _back in range(3):
        before = sky.night(dusk - A_NIGHT_AGO)
        night = Span(dusk + UNSURE, dawn - UNSURE, True)
        day = Span(before[1] + UNSURE, dusk - UNSURE, False)
        if (found := day if by_day else night).end <= now:
            return found
        dusk, dawn = before
    raise AssertionError("a night ends within two days")


def well_through(
    readings: Iterable[Said], span: Span, interval: timedelta | None, rated_power: float = USUAL_POWER
) -> bool:
    """Whether readings say that a lamp was as it should be from the start to the end of a span, with a sign after it.

    A lamp that reports at intervals may miss some beats; one without speaks when it switches, and stays so between.
    """
    said = [(t, shines(values, rated_power)) for t, values in sorted(readings, key=lambda one: one[0])]
    told = [(t, lit) for t, lit in said if lit is not None]
    before = [lit for t, lit in told if t <= span.start]
    within = [lit for t, lit in told if span.start < t <= span.end]
    after = [t for t, _lit in told if t > span.end]
    if not after or any(lit is not span.lit for lit in within):
        return False
    if interval is None:
        return bool(before) and before[-1] is span.lit
    return bool(within) and _no_gap([t for t, _lit in told], span, grace_of(interval))


def shines(values: Mapping[str, Any], rated_power: float = USUAL_POWER) -> bool | None:
    """Whether a reading says that the lamp gives light; None where it says neither."""
    power = values.get("powerState")
    if power not in ("on", "low"):
        return False if power == "off" else None
    return draws_light(values, rated_power) is not False


def _no_gap(moments: Sequence[datetime], span: Span, grace: timedelta) -> bool:
    inside = [t for t in moments if span.start - grace <= t <= span.end + grace]
    stops = [span.start, *(min(max(t, span.start), span.end) for t in inside), span.end]
    return all(later - earlier <= grace for earlier, later in zip(stops, stops[1:], strict=False))


def _well(fault: Fault, span: Span) -> bool:
    """The lamp itself, or most of the lamps of a cabinet."""
    assert fault.device is not None  # the caller has asked
    devices = [fault.device]
    if fault.trouble == Trouble.SUPPLY:
        devices = list(fault.affected.filter(retired_at__isnull=True)) or devices
    readings = _readings(devices, span)
    well = sum(well_through(readings.get(d.pk, ()), span, _interval(d), d.rated_power or USUAL_POWER) for d in devices)
    return well >= ENOUGH * len(devices)


def _readings(devices: Sequence[Device], span: Span) -> dict[int, list[Said]]:
    around = (span.start - BEFORE, span.end + BEFORE)
    rows = Observation.objects.filter(STANDING, device__in=devices, t__range=around)
    found: dict[int, list[Said]] = {}
    for pk, t, values in rows.values_list("device", "t", "values"):
        found.setdefault(pk, []).append((t, values))
    return found


def _interval(device: Device) -> timedelta | None:
    return timedelta(seconds=device.report_interval) if device.report_interval else None
