"""What happens when a district hands over its list of lamps? The difference to the list before, in one transaction."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from civic.devices.facts import LightsImported
from civic.devices.identity import identify, tags_for
from civic.devices.models import Device, DeviceState, LampList, Streetlight
from civic.devices.official_list import AGENCY, LOT, MOUNTING, NAME, PHONE, ROAD, Lamp, Listed, Remark, cells_of
from civic.devices.placing import Placed, place_lamps
from civic.devices.rules.lights import why_not_import
from civic.ledger.record import record
from civic.places.models import District
from civic.places.queries import areas
from civic.refusals import insist

CHUNK = 5_000  # keys in one statement; SQLite takes 32,766


@dataclass
class Report:
    """What became of the rows: read = created + updated + unchanged + duplicate + quarantined."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicate: int = 0
    retired: int = 0
    flagged: list[Remark] = field(default_factory=list)
    quarantined: list[Remark] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        return {name: value if isinstance(value, int) else len(value) for name, value in asdict(self).items()}


@transaction.atomic
def import_lights(*, district: District, listed: Listed, at: datetime) -> Report:
    """Take over a district's list. A lamp gone from it is retired, never deleted; a second run changes nothing."""
    insist(why_not_import(listed))
    District.objects.select_for_update().get(pk=district.pk)
    before = {light.identity: light for light in _lights(district)}
    known = {identity: (light.source, light.device.retired_at is None) for identity, light in before.items()}
    named = identify(district.pk, listed.lamps, known)
    names = dict(district.dongs.values_list("name_ko", "code"))
    placed, strays = place_lamps(named.lamps.values(), areas(district.pk), names)
    report = Report(read=listed.read, duplicate=named.duplicate, quarantined=listed.quarantined)
    report.flagged = sorted([*listed.flagged, *named.flagged, *strays], key=lambda remark: remark.row)
    _write(district, named.lamps, before, placed, report)
    report.retired = _retire([light for key, light in before.items() if key not in named.lamps], at)
    _remember_shape(district, listed, at)
    if report.created or report.updated or report.retired:
        fact = LightsImported(key=f"lights:{district.pk}", district=district.pk, **report.counts())
        record(fact, state=report.counts(), concerns={}, at=at)
    return report


def _lights(district: District) -> Iterator[Streetlight]:
    rows = Streetlight.objects.select_related("device").filter(device__district=district)
    return rows.iterator(chunk_size=CHUNK)


def _write(
    district: District, lamps: Mapping[str, Lamp], before: Mapping[str, Streetlight], placed: Placed, report: Report
) -> None:
    """Sort the rows into new, changed, merely moved in the list, and the same; write each kind in bulk."""
    fresh: list[tuple[str, Lamp]] = []
    changed: list[Streetlight] = []
    moved: list[Streetlight] = []
    for identity, lamp in lamps.items():
        light = before.get(identity)
        if light is None:
            fresh.append((identity, lamp))
        elif _same(light, lamp, placed):
            report.unchanged += 1
            moved += [light] if light.position != lamp.row else []
            light.position = lamp.row
        else:
            changed.append(_filled(light, lamp, placed))
    report.created, report.updated = len(fresh), len(changed)
    _create(district, fresh, placed)
    _replace(changed)
    Streetlight.objects.bulk_update(moved, ["position"], batch_size=400)


def _same(light: Streetlight, lamp: Lamp, placed: Placed) -> bool:
    device = light.device
    if device.retired_at or (device.dong_id, device.dong_by) != placed[lamp.row]:
        return False
    return light.source == lamp.source or tuple(cells_of(light.source)) == lamp.content


def _create(district: District, fresh: list[tuple[str, Lamp]], placed: Placed) -> None:
    taken = set(Device.objects.filter(district=district).values_list("tag", flat=True))
    lights = []
    for identity, lamp in sorted(fresh, key=lambda new: (len(new[1].cells[NAME]), new[1].row)):  # plain names first
        tag = next(tag for tag in tags_for(district.pk, identity, lamp) if tag not in taken)
        taken.add(tag)
        light = Streetlight(device=Device(tag=tag, district=district), identity=identity)
        lights.append(_filled(light, lamp, placed))
    Device.objects.bulk_create([light.device for light in lights], batch_size=500)
    for light in lights:
        light.device = light.device  # takes over the number the device has got
    Streetlight.objects.bulk_create(lights, batch_size=500)
    DeviceState.objects.bulk_create([DeviceState(device=light.device) for light in lights], batch_size=500)


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


def _retire(gone: list[Streetlight], at: datetime) -> int:
    present = [light.device_id for light in gone if light.device.retired_at is None]
    for start in range(0, len(present), CHUNK):
        Device.objects.filter(pk__in=present[start : start + CHUNK]).update(retired_at=at)
    return len(present)


def _remember_shape(district: District, listed: Listed, at: datetime) -> None:
    shape: dict[str, Any] = asdict(listed.shape)
    known = LampList.objects.filter(district=district, **shape)
    if not known.exists():
        LampList.objects.update_or_create(district=district, defaults={**shape, "imported_at": at})
