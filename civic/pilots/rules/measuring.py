"""Why can this value not be written down?"""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from civic.pilots.bounds import Visitor, why_not_value, why_not_work
from civic.pilots.judging import expanded_on, local_day
from civic.pilots.models import Kpi, Pilot, Source
from civic.pilots.states import MEASURED, Stage
from civic.refusals import Refusal

__all__ = ["why_not_record", "why_not_value"]


def why_not_record(person: Visitor, pilot: Pilot, kpi: Kpi, *, on: date, at: datetime) -> Refusal | None:
    """A value of a day of the pilot, once, by hand only where nothing computes it; none for what is judged."""
    if refusal := why_not_work(person, pilot.proposal.scope):
        return refusal
    if kpi.source == Source.REPAIR_HOURS:
        return Refusal("computed", _("This indicator is computed from faults. Nobody types it."))
    if pilot.stage not in MEASURED:
        return Refusal("not_running", _("Values are recorded from the start of the pilot on, until it is stopped."))
    if pilot.stage == Stage.JUDGING:
        return Refusal("judging", _("The pilot is being judged. For a late value, first set it back one stage."))
    if refusal := _why_not_day(pilot, on, local_day(at)):
        return refusal
    if kpi.readings.filter(on=on).exists():
        return Refusal("recorded", _("This day has its value already."), 409, "on")
    return None


def _why_not_day(pilot: Pilot, on: date, today: date) -> Refusal | None:
    """A day after the start, after the expansion if there was one, and not to come."""
    if on <= pilot.starts_on:
        return Refusal("before_start", _("The first value comes after the day of the start."), 422, "on")
    if (judged := expanded_on(pilot)) and on <= judged:
        return Refusal("judged", _("What was judged stands. A new value is of a day after the expansion."), 422, "on")
    if on > today:
        return Refusal("not_yet", _("This day has not come yet."), 422, "on")
    return None
