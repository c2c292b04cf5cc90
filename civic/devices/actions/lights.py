"""What happens when a district hands over its list of lamps? The difference to the list before, in one transaction."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from civic.devices.counting_anew import count_anew
from civic.devices.difference import CHUNK, Difference, Report, compare
from civic.devices.facts import LightsImported
from civic.devices.identity import tags_for
from civic.devices.models import Device, DeviceState, LampList, Streetlight
from civic.devices.official_list import AGENCY, LOT, MOUNTING, NAME, PHONE, ROAD, Lamp, Listed
from civic.devices.placing import Placed
from civic.devices.rules.lights import why_not_import, why_not_replace
from civic.ledger.record import record
from civic.places.models import District
from civic.refusals import Refusal, insist


@transaction.atomic
def import_lights(*, district: District, listed: Listed, at: datetime) -> Report:
    """Take over a district's list. A lamp gone from it is retired, never deleted; a second run changes nothing."""
    return _take_over(district, listed, why_not_import, at)


@transaction.atomic
def replace_lights(*, district: District, listed: Listed, at: datetime) -> Report:
    """Take over a list whatever it retires and wherever its lamps stand: somebody has looked at it."""
    return _take_over(district, listed, why_not_replace, at)


def _take_over(
    district: District, listed: Listed, rule: Callable[[Difference], Refusal | None], at: datetime
) -> Report:
    District.objects.select_for_update().get(pk=district.pk)
    found = compare(district, listed)
    insist(rule(found))
    _create(district, found)
    _replace([_filled(light, lamp, found.placed) for light, lamp in found.changed])
    _move(found)
    _retire(found.gone, at)
    _remember_shape(district, listed, at)
    report = found.report
    if report.created or report.updated or report.retired:
        fact = LightsImported(key=f"lights:{district.pk}", district=district.pk, **report.counts())
        record(fact, state=report.counts(), concerns={}, at=at)
    return report


def _create(district: District, found: Difference) -> None:
    if not found.fresh:
        return
    taken = set(Device.objects.filter(district=district).values_list("tag", flat=True))
    lights = []
    plain_first = sorted(found.fresh, key=lambda new: (len(new[1].cells[NAME]), new[1].row))
    for identity, lamp in plain_first:
        tag = next(tag for tag in tags_for(district.pk, identity, lamp) if tag not in taken)
        taken.add(tag)
        light = Streetlight(device=Device(tag=tag, district=district), identity=identity)
        lights.append(_filled(light, lamp, found.placed))
    Device.objects.bulk_create([light.device for light in lights], batch_size=500)
    for light in lights:
        light.device = light.device  # takes over the number the device has got
    Streetlight.objects.bulk_create(lights, batch_size=500)
    DeviceState.objects.bulk_create([DeviceState(device=light.device) for light in lights], batch_size=500)
    count_anew(Device, Streetlight, DeviceState)


def _move(found: Difference) -> None:
    for light, lamp in found.moved:
        light.position = lamp.row
    Streetlight.objects.bulk_update([light for light, _lamp in found.moved], ["position"], batch_size=400)


def _replace(changed: list[Streetlight]) -> None:
    """Upserts by primary key: a thousand rows in the time of twenty updates."""
    device_fields = ["name", "dong", "dong_by", "lat", "lon", "retired_at"]
    own = [f.name for f in Streetlight._meta.concrete_fields if f.name not in ("device", "identity")]
    devices = [light.device for light in changed]
    Device.objects.bulk_create(
        devices, update_conflicts=True, unique_fields=["id"], update_fields=device_fields, batch_size=500
    )
    Streetlight.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["device"], update_fields=own, batch_size=500
    )


def _filled(light: Streetlight, lamp: Lamp, placed: Placed) -> Streetlight:
    device, cells = light.device, lamp.cells
    device.name, device.retired_at = cells[NAME], None
    device.dong_id, device.dong_by = placed[lamp.row]
    device.lon, device.lat = lamp.point or (None, None)
    light.position, light.source, light.count = lamp.row, lamp.source, lamp.count
    light.road_address, light.lot_address = cells[ROAD], cells[LOT]
    light.mounting, light.installed_year = cells[MOUNTING], lamp.year
    light.agency, light.agency_phone, light.reference_date = cells[AGENCY], cells[PHONE], lamp.dated
    return light


def _retire(gone: Iterable[Streetlight], at: datetime) -> None:
    ids = [light.device_id for light in gone]
    for start in range(0, len(ids), CHUNK):
        Device.objects.filter(pk__in=ids[start : start + CHUNK]).update(retired_at=at)


def _remember_shape(district: District, listed: Listed, at: datetime) -> None:
    shape: dict[str, Any] = asdict(listed.shape)
    known = LampList.objects.filter(district=district, **shape)
    if not known.exists():
        LampList.objects.update_or_create(district=district, defaults={**shape, "imported_at": at})
