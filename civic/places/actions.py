"""How do districts and dongs come into the books? From the reference file, as often as one likes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from .models import Boundary, District, Dong
from .polygons import area


@transaction.atomic
def load_areas(*, districts: Iterable[Mapping[str, Any]], dongs: Iterable[Mapping[str, Any]]) -> None:
    """Create or bring up to date, by code. Nothing is removed: records may stand on a dong that was merged."""
    names = ["name_ko", "name_en"]
    District.objects.bulk_create(
        [District(**row) for row in districts],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[*names, "slug"],
    )
    Dong.objects.bulk_create(
        [Dong(district_id=row["district"], **{k: v for k, v in row.items() if k != "district"}) for row in dongs],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[*names, "lat", "lon", "district"],
    )


@transaction.atomic
def load_boundaries(*, features: Iterable[Mapping[str, Any]]) -> None:
    """Create or bring up to date the outlines of known dongs, from GeoJSON features that name them by `adm_cd2`."""
    shapes = {feature["properties"]["adm_cd2"]: feature["geometry"] for feature in features}
    boxes = ["west", "south", "east", "north"]
    rows = []
    for code in Dong.objects.filter(code__in=shapes).values_list("code", flat=True):
        found = area(code, shapes[code])
        rows.append(Boundary(dong_id=code, geometry=shapes[code], **{side: getattr(found, side) for side in boxes}))
    Boundary.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["dong"], update_fields=["geometry", *boxes]
    )
