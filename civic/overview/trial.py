"""Which pilot stands on the front door, and how far has it come? Two queries, one where there is none."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic.pilots.models import Kpi, Pilot, Reading, Source
from civic.pilots.states import Stage

SHOWN = 4  # values beside the one before the start


@dataclass(frozen=True)
class Bar:
    """One value as a row of the picture; `share` of the longest, 0 to 100."""

    when: str
    value: Decimal
    share: int
    newest: bool


@dataclass(frozen=True)
class Trial:
    """A pilot by its hours from fault to repair."""

    pilot: Pilot
    path: str
    day: int
    kpi: Kpi
    bars: list[Bar]
    n: int | None


def trial(at: datetime) -> Trial | None:
    """The pilot that moved last among those measured by their repairs; None where nothing is measured yet."""
    kpis = Kpi.objects.filter(source=Source.REPAIR_HOURS, baseline__isnull=False, readings__value__isnull=False)
    kpis = kpis.exclude(pilot__stage__in=[Stage.PLANNED, Stage.STOPPED]).select_related("pilot__dong__district")
    kpi = kpis.order_by("-pilot__moved_at").prefetch_related("readings").first()
    if kpi is None:
        return None
    today = localdate(at)
    readings = [reading for reading in kpi.readings.all() if reading.value is not None]
    return Trial(
        pilot=kpi.pilot,
        path=reverse("pilot", args=[kpi.pilot.slug]),
        day=(today - kpi.pilot.starts_on).days + 1,
        kpi=kpi,
        bars=_bars(kpi, readings[-SHOWN:], today.toordinal()),
        n=readings[-1].n,
    )


def _bars(kpi: Kpi, readings: list[Reading], today: int) -> list[Bar]:
    assert kpi.baseline is not None  # the query has asked
    rows = [(_("Before the start"), kpi.baseline)]
    rows += [(_ago(today - reading.on.toordinal()), reading.value) for reading in readings if reading.value is not None]
    longest = max(value for _when, value in rows) or Decimal(1)
    return [Bar(when, value, round(100 * value / longest), (when, value) == rows[-1]) for when, value in rows]


def _ago(days: int) -> str:
    if days <= 1:
        return _("Now")
    return ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": days}
