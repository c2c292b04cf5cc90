"""Why can this value not be written down?"""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from civic.pilots.bounds import Visitor, why_not_value, why_not_work
from civic.pilots.judging import local_day
from civic.pilots.models import Kpi, Pilot, Source
from civic.pilots.states import MEASURED, Stage
from civic.refusals import Refusal

__all__ = ["why_not_record", "why_not_value"]


def why_not_record(person: Visitor, pilot: Pilot, kpi: Kpi, *, on: date, at: datetime) -> Refusal | None:
    """A value of a day of the pilot, once, by hand only where nothing computes it."""
    if refusal := why_not_work(person, pilot.proposal.scope):
        return refusal
    if kpi.source == Source.REPAIR_HOURS:
        return Refusal("computed", _("This indicator is computed from faults. Nobody types it."))
    if pilot.stage not in MEASURED:
        return Refusal("not_running", _("Values are recorded from the start of the pilot on, until it is stopped."))
    if on <= pilot.starts_on:
        return Refusal("before_start", _("The first value comes after the day of the start."), 422, "on")
    if on > local_day(at):
        return Refusal("not_yet", _("This day has not come yet."), 422, "on")
    if pilot.stage == Stage.JUDGING and on > local_day(pilot.moved_at):
        return Refusal("judging", _("The pilot is being judged: its values are those until that step."), 422, "on")
    if kpi.readings.filter(on=on).exists():
        return Refusal("recorded", _("This day has its value already."), 409, "on")
    return None
