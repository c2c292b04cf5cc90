"""What must stand before a play? The cabinets, the intervals, the gateway's key, and the time at which it goes on."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Avg

from civic.devices.actions import (
    connect_lamps,
    issue_device_token,
    place_cabinet,
    revoke_device_token,
    set_report_interval,
)
from civic.devices.judging.sun import SEOUL, Sky
from civic.devices.models import Clock, Device, DeviceToken
from civic.devices.queries import find_device, lamps, sender_for, simulated_clock
from civic.places.models import District, Dong

from .cast import INTERVAL, REPORTING, Cast, Lamp, cast_of
from .play import Play, night, storm

DISTRICT = "11200"  # Seongdong-gu, whose own story this is
FEWEST = 600  # lamps; fewer are no dusk


def gather(at: datetime, reporting: int = REPORTING) -> Cast:
    """The cast from the list in the books, its cabinets placed and its intervals set; harmless to repeat.

    Raises ValueError where the list is not loaded.
    """
    rows = list(lamps(DISTRICT))
    if len(rows) < FEWEST:
        raise ValueError(f"A play needs {FEWEST} lamps of {DISTRICT}: load them with livinglab import_lights.")
    cast = cast_of(DISTRICT, [Lamp(row.tag, row.dong_id or "", row.lat is not None) for row in rows], reporting)
    by_tag = {row.tag: row for row in rows}
    district = District.objects.get(code=DISTRICT)
    late = [by_tag[tag] for tag in cast.reporting if by_tag[tag].report_interval != INTERVAL]
    if late:
        set_report_interval(by=None, district=district, devices=late, seconds=INTERVAL, at=at)
    for tag, names in cast.cabinets.items():
        _hang(district, tag, [by_tag[name] for name in names], at)
    return cast


def open_gateway(at: datetime) -> str:
    """A key for the gateway with the simulated clock."""
    return issue_device_token(district=District.objects.get(code=DISTRICT), clock=Clock.SIMULATED, at=at)


def close_gateway(raw: str, at: datetime) -> None:
    """The key is for one run: it ends with it."""
    token: DeviceToken | None = sender_for(raw)
    if token:
        revoke_device_token(by=None, token=token, at=at)


def next_play(cast: Cast, scenario: str, seed: int, at: datetime) -> Play:
    """The next night, or afternoon, after the gateway's clock; the first one is the last that has begun."""
    clock = simulated_clock(DISTRICT) or at - timedelta(days=1)
    day = clock.astimezone(SEOUL).replace(hour=0, minute=0, second=0, microsecond=0)
    while True:
        play = storm(cast, day, seed) if scenario == "storm" else night(cast, *_sky().night(day + _NOON), seed)
        if play.words[0][0] > clock:
            return play
        day += timedelta(days=1)


_NOON = timedelta(hours=12)


def _sky() -> Sky:
    middle = Dong.objects.filter(district=DISTRICT).aggregate(lat=Avg("lat"), lon=Avg("lon"))
    return Sky(middle["lat"], middle["lon"])


def _hang(district: District, tag: str, hanging: Sequence[Device], at: datetime) -> None:
    cabinet = find_device(tag)
    if cabinet is None:
        first = hanging[0]
        name, number = f"{first.dong.name_ko if first.dong else ''} 분전함".strip(), tag.rpartition("-")[2]
        middle = [sum(getattr(lamp, axis) or 0 for lamp in hanging) / len(hanging) for axis in ("lon", "lat")]
        cabinet = place_cabinet(
            by=None, district=district, tag=tag, name=f"{name} {number}", dong=first.dong,
            point=(middle[0], middle[1]), at=at,
        )  # fmt: skip  # one act, its words in two lines
    loose = [lamp for lamp in hanging if lamp.parent_id != cabinet.pk]
    if loose:
        connect_lamps(by=None, cabinet=cabinet, lamps=loose, at=at)
