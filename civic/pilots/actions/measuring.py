"""How does a value come into a series? The department writes it down, or faults of the linked lamps give it."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from civic.people.models import Person
from civic.pilots import facts, rules
from civic.pilots.judging import cases_of, expanded_on
from civic.pilots.models import Kpi, Pilot, Reading, Source
from civic.pilots.queries import repair_series
from civic.pilots.states import COUNTED
from civic.refusals import insist
from civic.texts import clean_line

from .keeping import locked, tell


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
    """Compute the hours from fault to repair anew, period by period; false where nothing is other than before.

    What was measured until an expansion stays as it was judged.
    """
    pilot = locked(pilot)
    kpi = pilot.kpis.filter(source=Source.REPAIR_HOURS).first()
    if kpi is None or pilot.stage not in COUNTED:
        return False
    until = max(at, pilot.measured_at or at)
    judged = expanded_on(pilot)
    rows = kpi.readings.filter(on__gt=judged) if judged else kpi.readings.all()
    series = [(found.on, found.hours, found.n) for found in repair_series(pilot, until)]
    if series == list(rows.values_list("on", "value", "n")):
        return False
    Pilot.objects.filter(pk=pilot.pk).update(measured_at=until)
    rows.delete()
    Reading.objects.bulk_create(Reading(kpi=kpi, on=on, value=value, n=n, at=at) for on, value, n in series)
    cases = cases_of(kpi, list(kpi.readings.all()))
    tell(facts.RepairsMeasured, pilot, {}, at, position=kpi.position, cases=cases)
    return True
