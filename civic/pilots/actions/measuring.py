"""How does a value come into a series? The department writes it down, or faults of the linked lamps give it."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from civic.devices.models import Device
from civic.faults.queries import repair_hours
from civic.people.models import Person
from civic.pilots import facts, rules
from civic.pilots.models import Kpi, Pilot, Reading, Source
from civic.pilots.repairs import BEFORE, Median, median_of, periods
from civic.refusals import insist
from civic.texts import clean_line

from .keeping import locked, tell

NEXT = timedelta(microseconds=1)  # periods leave their end out


@transaction.atomic
def record_kpi(
    *, by: Person, kpi: Kpi, on: date, value: Decimal, n: int | None = None, note: str = "", at: datetime
) -> Reading:
    """Write down the value of a day: on how many cases it rests, and what was done then."""
    pilot = locked(kpi.pilot)
    note = clean_line(note)
    insist(rules.why_not_record(by, pilot, kpi, on=on, at=at) or rules.why_not_value(value, note))
    reading = Reading.objects.create(kpi=kpi, on=on, value=value, n=n, note=note, by=by, at=at)
    tell(facts.KpiRecorded, pilot, {by: {"as": "official"}}, at, position=kpi.position, on=on.isoformat())
    return reading


@transaction.atomic
def measure_repairs(*, pilot: Pilot, at: datetime) -> bool:
    """Compute the hours from fault to repair anew, period by period; false where nothing is other than before."""
    pilot = locked(pilot)
    kpi = pilot.kpis.filter(source=Source.REPAIR_HOURS).first()
    if kpi is None or pilot.started_at is None:
        return False
    until = max(at, pilot.measured_at or at)
    series = repair_series(pilot, until)
    before = list(kpi.readings.values_list("on", "value", "n"))
    after = [(found.on, found.hours, found.n) for found in series]
    if before == after:
        return False
    Pilot.objects.filter(pk=pilot.pk).update(measured_at=until)
    _write_series(kpi, series, at)
    cases = sum(found.n for found in series)
    tell(facts.RepairsMeasured, pilot, {}, at, position=kpi.position, cases=cases)
    return True


def repair_series(pilot: Pilot, until: datetime) -> list[Median]:
    """One median for each thirty days since the start; a repair of this very moment counts."""
    assert pilot.started_at is not None  # asked before
    lamps = Device.objects.filter(pilot_rows__pilot=pilot)
    return [
        median_of([hours for _code, hours in repair_hours(lamps, since, end)], end)
        for since, end in periods(pilot.started_at, until + NEXT)
    ]


def repair_baseline(pilot: Pilot, at: datetime) -> Median:
    """What repairs took before the start: of the linked lamps, else of the dong's, else of the district's."""
    known = Device.objects.filter(district=pilot.district_id)
    for lamps in (known.filter(pilot_rows__pilot=pilot), known.filter(dong=pilot.dong_id), known):
        found = median_of([hours for _code, hours in repair_hours(lamps, at - BEFORE, at)], at)
        if found.n:
            break
    return found


def _write_series(kpi: Kpi, series: list[Median], at: datetime) -> None:
    kept = {reading.on: reading.note for reading in kpi.readings.all()}
    kpi.readings.all().delete()
    Reading.objects.bulk_create(
        Reading(kpi=kpi, on=found.on, value=found.hours, n=found.n, note=kept.get(found.on, ""), at=at)
        for found in series
    )
