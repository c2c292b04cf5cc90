"""Pilots for programs: the indicators with their series."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema

from civic.ledger.api import PROBLEMS, Problem
from civic.refusals import Refusal, Refused

from . import queries
from .models import Kpi
from .series import series

router = Router(tags=["pilots"])
NO_PILOT = Refusal("unknown_pilot", _("There is no such pilot."), 404)


class KpiOut(Schema):
    """An indicator; `direction` is lower or higher, `series` holds (day, value) with the baseline first."""

    name: str
    unit: str
    direction: str
    baseline: float | None
    target: float
    series: list[tuple[str, float]]


@router.get("pilots/{slug}/kpis", response={200: list[KpiOut], PROBLEMS: Problem}, auth=None, exclude_unset=True)
def read_kpis(request: HttpRequest, slug: str) -> Any:
    """The indicators of one pilot, in their order."""
    pilot = queries.find(slug)
    if pilot is None:
        raise Refused(NO_PILOT)
    return [_out(kpi) for kpi in pilot.kpis.all()]


def _out(kpi: Kpi) -> dict[str, Any]:
    return {
        "name": kpi.name,
        "unit": kpi.unit,
        "direction": kpi.direction,
        "baseline": None if kpi.baseline is None else float(kpi.baseline),
        "target": float(kpi.target),
        "series": [
            (point.on.isoformat(), float(point.value)) for point in series(kpi).valued if point.value is not None
        ],
    }
