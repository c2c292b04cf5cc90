"""What would a list change? Rows that are new, changed, moved in the list or the same, and lamps that are gone."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field

from civic.places.models import District
from civic.places.queries import areas

from .identity import identify
from .models import PlacedBy, Streetlight
from .official_list import Lamp, Listed, Remark, cells_of
from .placing import Placed, place_lamps
from .unread_rows import without_meant

CHUNK = 5_000  # rows at once


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


@dataclass
class Difference:
    """A list beside the books. Of lamps `in_service` it lacks so many; `gone` are those that no unread row may mean."""

    report: Report
    placed: Placed
    in_service: int
    lacking: int
    fresh: list[tuple[str, Lamp]] = field(default_factory=list)
    changed: list[tuple[Streetlight, Lamp]] = field(default_factory=list)
    moved: list[tuple[Streetlight, Lamp]] = field(default_factory=list)
    gone: list[Streetlight] = field(default_factory=list)
    pointed: int = 0  # lamps with a usable point
    outside: int = 0  # of those, outside the district


def compare(district: District, listed: Listed) -> Difference:
    """Read what is in the books and set the list beside it; nothing is written."""
    before = {light.identity: light for light in _lights(district)}
    known = {identity: (light.source, light.device.retired_at is None) for identity, light in before.items()}
    named = identify(district.pk, listed.lamps, known)
    outlines, names = areas(district.pk), dict(district.dongs.values_list("name_ko", "code"))
    placed, strays = place_lamps(named.lamps.values(), outlines, names)
    report = Report(read=listed.read, duplicate=named.duplicate, quarantined=listed.quarantined)
    report.flagged = sorted([*listed.flagged, *named.flagged, *strays], key=lambda remark: remark.row)
    unnamed = [light for key, light in before.items() if key not in named.lamps and not light.device.retired_at]
    found = Difference(report, placed, sum(present for _source, present in known.values()), len(unnamed))
    found.gone = without_meant(unnamed, listed)
    points = [lamp.row for lamp in named.lamps.values() if lamp.point] if outlines else []
    found.pointed, found.outside = len(points), sum(placed[row][1] != PlacedBy.POINT for row in points)
    _sort(found, named.lamps, before)
    return found


def _lights(district: District) -> Iterator[Streetlight]:
    rows = Streetlight.objects.select_related("device").filter(device__district=district)
    return rows.iterator(chunk_size=CHUNK)


def _sort(found: Difference, lamps: Mapping[str, Lamp], before: Mapping[str, Streetlight]) -> None:
    for identity, lamp in lamps.items():
        light = before.get(identity)
        if light is None:
            found.fresh.append((identity, lamp))
        elif not _same(light, lamp, found.placed):
            found.changed.append((light, lamp))
        elif light.position != lamp.row:
            found.moved.append((light, lamp))
    report = found.report
    report.created, report.updated, report.retired = len(found.fresh), len(found.changed), len(found.gone)
    report.unchanged = len(lamps) - report.created - report.updated


def _same(light: Streetlight, lamp: Lamp, placed: Placed) -> bool:
    device = light.device
    if device.retired_at or (device.dong_id, device.dong_by) != placed[lamp.row]:
        return False
    return light.source == lamp.source or tuple(cells_of(light.source)) == lamp.content
