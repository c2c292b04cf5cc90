"""Who says how often a lamp reports, what it draws and on which cabinet it hangs? Without an interval it is never
judged offline.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from civic.devices.facts import CabinetPlaced, LampsConnected, LampsDisconnected, RatedPowerSet, ReportIntervalSet
from civic.devices.models import Device, DeviceState, Kind
from civic.devices.rules.circuits import (
    why_not_arrange,
    why_not_connect,
    why_not_expect,
    why_not_place_cabinet,
    why_not_rate,
)
from civic.devices.shown import live_state
from civic.ledger.record import record
from civic.people.models import Person
from civic.places.models import District, Dong
from civic.refusals import insist


@transaction.atomic
def set_report_interval(
    *, by: Person | None, district: District, devices: Iterable[Device], seconds: int | None, at: datetime
) -> None:
    """Expect a report every so many seconds, or none. Silence counts from the first report after this."""
    rows = _locked(devices)
    insist(why_not_arrange(by, district.pk, rows) or why_not_expect(seconds))
    states = list(DeviceState.objects.select_for_update().filter(device__in=rows).order_by("pk"))
    for state in states:
        state.judged = {**state.judged, "seen_at": None}
    DeviceState.objects.bulk_update(states, ["judged"], batch_size=400)
    Device.objects.filter(pk__in=[row.pk for row in rows]).update(report_interval=seconds)
    tags = [row.tag for row in rows]
    fact = ReportIntervalSet(key=f"lights:{district.pk}", district=district.pk, devices=tags, seconds=seconds)
    record(fact, state={"seconds": seconds, "number": len(tags)}, concerns=_told(by), at=at)


@transaction.atomic
def set_rated_power(
    *, by: Person | None, district: District, devices: Iterable[Device], watts: int | None, at: datetime
) -> None:
    """Judge their light by what they draw at full light; without, by what a usual lamp draws."""
    rows = _locked(devices)
    insist(why_not_arrange(by, district.pk, rows) or why_not_rate(watts))
    Device.objects.filter(pk__in=[row.pk for row in rows]).update(rated_power=watts)
    tags = [row.tag for row in rows]
    fact = RatedPowerSet(key=f"lights:{district.pk}", district=district.pk, devices=tags, watts=watts)
    record(fact, state={"watts": watts, "number": len(tags)}, concerns=_told(by), at=at)


@transaction.atomic
def place_cabinet(
    *, by: Person | None, district: District, tag: str, name: str, dong: Dong | None = None,
    point: tuple[float, float] | None = None, at: datetime,
) -> Device:  # fmt: skip  # nine words in three lines
    """Put a cabinet (분전함) into the books; `point` is (lon, lat) in WGS84 degrees."""
    District.objects.select_for_update().get(pk=district.pk)
    insist(why_not_place_cabinet(by, district.pk, tag, dong))
    lon, lat = point or (None, None)
    cabinet = Device.objects.create(
        tag=tag, kind=Kind.CABINET, name=name[:80], district=district, dong=dong, lon=lon, lat=lat
    )
    state = DeviceState.objects.create(device=cabinet)
    fact = CabinetPlaced(key=cabinet.key, district=district.pk)
    record(fact, state=live_state(state), concerns=_told(by), at=at)
    return cabinet


@transaction.atomic
def connect_lamps(*, by: Person | None, cabinet: Device, lamps: Iterable[Device], at: datetime) -> None:
    """Hang lamps on a cabinet, also from another one."""
    cabinet = Device.objects.select_for_update().get(pk=cabinet.pk)
    rows = _locked(lamps)
    insist(why_not_arrange(by, cabinet.district_id, rows) or why_not_connect(cabinet, rows))
    _look_again(rows)
    Device.objects.filter(pk__in=[row.pk for row in rows]).update(parent=cabinet)
    tags = [row.tag for row in rows]
    state, _made = DeviceState.objects.get_or_create(device=cabinet)
    fact = LampsConnected(key=cabinet.key, district=cabinet.district_id, lamps=tags)
    record(fact, state=live_state(state), concerns=_told(by), at=at)


@transaction.atomic
def disconnect_lamps(*, by: Person | None, district: District, lamps: Iterable[Device], at: datetime) -> None:
    """Hang lamps on no cabinet."""
    rows = _locked(lamps)
    insist(why_not_arrange(by, district.pk, rows))
    _look_again(rows)
    Device.objects.filter(pk__in=[row.pk for row in rows]).update(parent=None)
    tags = [row.tag for row in rows]
    fact = LampsDisconnected(key=f"lights:{district.pk}", district=district.pk, lamps=tags)
    record(fact, state={"number": len(tags)}, concerns=_told(by), at=at)


def _look_again(lamps: Sequence[Device]) -> None:
    """The cabinets that they leave are judged by the lamps that stay: there may be none left to do it."""
    left = {lamp.parent_id for lamp in lamps if lamp.parent_id}
    DeviceState.objects.filter(device__in=left).update(waiting=True)


def _locked(devices: Iterable[Device]) -> Sequence[Device]:
    ids = [device.pk for device in devices]
    return list(Device.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))


def _told(by: Person | None) -> dict[Model, dict[str, str]]:
    return {by: {"as": "official"}} if by else {}
