"""How do districts and dongs come into the books? From the reference file, as often as one likes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from .models import District, Dong


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
