"""Why can this pilot not move, or not be decided so?"""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from civic.pilots.bounds import LONGEST, REASON, TOO_LONG, Visitor, why_not_day, why_not_fit, why_not_work
from civic.pilots.judging import local_day
from civic.pilots.models import Pilot, Source
from civic.pilots.states import BACK, ONWARD, Stage, Verdict
from civic.refusals import Refusal
from civic.texts import length


def why_not_move(person: Visitor, pilot: Pilot, to: str) -> Refusal | None:
    """The next stage in order; nothing runs without a baseline, nothing that is written down is judged without a value.

    Lamps that never broke had no repair to be measured: that is judged as it is.
    """
    if refusal := why_not_work(person, pilot.proposal.scope):
        return refusal
    if to in Verdict.values or to not in ONWARD[Stage(pilot.stage)]:
        return Refusal("no_such_step", _("The pilot cannot go there from here."))
    kpis = list(pilot.kpis.prefetch_related("readings"))
    if to == Stage.RUNNING and any(kpi.baseline is None for kpi in kpis):
        return Refusal("no_baseline", _("Every indicator needs its baseline before the start. Enter what is missing."))
    written = [kpi for kpi in kpis if kpi.source == Source.RECORDED]
    if to == Stage.JUDGING and any(all(row.value is None for row in kpi.readings.all()) for kpi in written):
        return Refusal("no_value", _("Every indicator needs a value before the pilot is judged."))
    return None


def why_not_set_back(person: Visitor, pilot: Pilot, reason: str) -> Refusal | None:
    """Back only by one stage, and only with a reason that everybody can read."""
    if refusal := why_not_work(person, pilot.proposal.scope):
        return refusal
    if Stage(pilot.stage) not in BACK:
        return Refusal("no_such_step", _("The pilot cannot go there from here."))
    return why_not_fit("reason", length(reason), REASON)


def why_not_decide(person: Visitor, pilot: Pilot, verdict: str, reason: str) -> Refusal | None:
    """Only a pilot that is being judged, with a reason."""
    if refusal := why_not_work(person, pilot.proposal.scope):
        return refusal
    if pilot.stage != Stage.JUDGING:
        return Refusal("not_judging", _("A decision is made when the pilot is being judged."))
    if verdict not in Verdict.values:
        return Refusal("unknown_verdict", _("Choose one of the four decisions."), 422, "verdict")
    return why_not_fit("reason", length(reason), REASON)


def why_not_go_on(ends_on: date | None, *, at: datetime) -> Refusal | None:
    """What is tried on has a last day to come, as it had at the start."""
    today = local_day(at)
    if ends_on is None:
        return Refusal("no_end", _("Write the day until which the pilot goes on."), 422, "ends_on")
    if ends_on <= today:
        return Refusal("days_in_disorder", _("The last day comes after today."), 422, "ends_on")
    return TOO_LONG if ends_on - today > LONGEST else why_not_day(ends_on, "ends_on")


def why_not_expand(verdict: str, rule_met: bool) -> Refusal | None:
    """The rule was fixed before the start; it is not bent afterwards."""
    if verdict == Verdict.EXPANDED and not rule_met:
        return Refusal("rule_not_met", _("The rule fixed before the start is not met, so the pilot is not expanded."))
    return None
