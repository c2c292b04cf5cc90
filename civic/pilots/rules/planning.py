"""Why can this not become a pilot, or not so?"""

import re
from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from civic.devices.models import Device
from civic.pilots.bounds import LONGEST, TOO_LONG, Visitor, why_not_day, why_not_fit, why_not_value, why_not_work
from civic.pilots.judging import local_day
from civic.pilots.models import SLUG, ConditionKind, Kpi, Pilot, Source
from civic.pilots.plan import DIRECTIONS, KINDS, SOURCES, ConditionPlan, KpiPlan, PilotPlan
from civic.pilots.queries import repair_baseline
from civic.pilots.states import ENDED, Stage
from civic.proposals.models import Proposal
from civic.proposals.states import State
from civic.refusals import Refusal
from civic.texts import length

TITLE = (5, 100)
SUMMARY = (10, 3_000)
MOST_KPIS = 8
MOST_CONDITIONS = 6
MOST_LAMPS = 2_000  # in one pilot


def why_not_plan(person: Visitor, proposal: Proposal) -> Refusal | None:
    """A pilot comes of an adopted proposal, one at a time."""
    if refusal := why_not_work(person, proposal.scope):
        return refusal
    if proposal.state not in (State.ADOPTED, State.STOPPED):
        if proposal.pilots.exclude(stage=Stage.STOPPED).exists():
            return Refusal("has_pilot", _("This proposal has its pilot already."))
        return Refusal("not_adopted", _("Only an adopted proposal can be tried out."))
    if proposal.pilots.exclude(stage=Stage.STOPPED).exists():
        return Refusal("has_pilot", _("This proposal has its pilot already."))
    return None


def why_not_plan_so(plan: PilotPlan) -> Refusal | None:
    """Words that can be read, days in order, indicators and a rule that can be judged."""
    if not re.fullmatch(SLUG, plan.slug) or len(plan.slug) > 40:
        return Refusal("slug_misshapen", _("A short name has lower-case letters, digits and hyphens."), 422, "slug")
    if Pilot.objects.filter(slug=plan.slug).exists():
        return Refusal("slug_taken", _("Another pilot has this short name."), 409, "slug")
    return (
        why_not_fit("title", len(plan.title), TITLE)
        or why_not_fit("summary", length(plan.summary), SUMMARY)
        or why_not_fit("planned_devices", len(plan.planned_devices), (0, 120))
        or _why_not_days(plan)
        or _why_not_kpis(plan.kpis)
        or _why_not_conditions(plan)
    )


def why_not_link(person: Visitor, pilot: Pilot, devices: Sequence[Device]) -> Refusal | None:
    """Lamps in service of the pilot's own district, while it has not ended."""
    if refusal := why_not_work(person, pilot.proposal.scope):
        return refusal
    if pilot.stage in ENDED:
        return Refusal("ended", _("This pilot has ended."))
    if not devices:
        return Refusal("no_devices", _("Name at least one lamp by its number."), 422, "tags")
    if any(device.district_id != pilot.district_id for device in devices):
        return Refusal("other_district", _("One of these stands in another district."), 422, "tags")
    if any(device.retired_at for device in devices):
        return Refusal("retired", _("One of these is no longer in service."), 422, "tags")
    if pilot.device_rows.count() + len(devices) > MOST_LAMPS:
        return Refusal("too_many_devices", _("A pilot has 2,000 devices at most."), 422, "tags")
    return None


def why_not_link_again(fresh: Sequence[Device]) -> Refusal | None:
    if not fresh:
        return Refusal("linked", _("All of these take part already."), 409, "tags")
    return None


def why_not_baseline(person: Visitor, pilot: Pilot, kpi: Kpi, *, on: date, at: datetime) -> Refusal | None:
    """The value before the start, recorded before the start; that of repairs only where none is known."""
    if refusal := why_not_work(person, pilot.proposal.scope):
        return refusal
    if pilot.stage != Stage.PLANNED or pilot.started_at is not None:
        return Refusal("started", _("A baseline is recorded before the start; this pilot has started."))
    if kpi.source == Source.REPAIR_HOURS and repair_baseline(pilot, at).n:
        return Refusal("computed", _("Repairs before the start are known: the baseline is computed from them."))
    if on > local_day(at):
        return Refusal("not_yet", _("This day has not come yet."), 422, "on")
    return why_not_day(on, "on")


def _why_not_days(plan: PilotPlan) -> Refusal | None:
    if refusal := why_not_day(plan.starts_on, "starts_on") or why_not_day(plan.ends_on, "ends_on"):
        return refusal
    if plan.ends_on <= plan.starts_on:
        return Refusal("days_in_disorder", _("The pilot ends after it starts."), 422, "ends_on")
    if plan.ends_on - plan.starts_on > LONGEST:
        return TOO_LONG
    return None


def _why_not_kpis(kpis: Sequence[KpiPlan]) -> Refusal | None:
    if not 1 <= len(kpis) <= MOST_KPIS:
        return Refusal("kpi_count", _("A pilot has one to eight indicators."), 422, "kpis")
    if len({kpi.name for kpi in kpis}) < len(kpis):
        return Refusal("kpi_twice", _("Each indicator has its own name."), 422, "kpis")
    if [kpi.source for kpi in kpis].count(Source.REPAIR_HOURS) > 1:
        return Refusal("kpi_twice", _("One indicator at most is computed from faults."), 422, "kpis")
    return next(filter(None, map(_why_not_kpi, kpis)), None)


def _why_not_kpi(kpi: KpiPlan) -> Refusal | None:
    if not 2 <= len(kpi.name) <= 60 or not 1 <= len(kpi.unit) <= 20:
        return Refusal("kpi_words", _("An indicator has a name and a unit."), 422, "kpis")
    if kpi.direction not in DIRECTIONS or kpi.source not in SOURCES:
        return Refusal("kpi_direction", _("Say whether lower or higher is better."), 422, "kpis")
    if kpi.source == Source.REPAIR_HOURS and kpi.baseline is not None:
        return Refusal("computed", _("This indicator is computed from faults. Nobody types it."), 422, "kpis")
    return why_not_value(kpi.target, "") or (why_not_value(kpi.baseline, "") if kpi.baseline is not None else None)


def _why_not_conditions(plan: PilotPlan) -> Refusal | None:
    if not 1 <= len(plan.conditions) <= MOST_CONDITIONS:
        return Refusal("condition_count", _("A rule has one to six conditions."), 422, "conditions")
    if not all(_can_be_judged(condition, len(plan.kpis)) for condition in plan.conditions):
        return Refusal("condition_misshapen", _("A condition names its indicator or its number."), 422, "conditions")
    return None


def _can_be_judged(condition: ConditionPlan, kpis: int) -> bool:
    if condition.kind not in KINDS:
        return False
    counts = condition.least is not None and 1 <= condition.least <= 100_000
    if condition.kind == ConditionKind.DAYS:
        return counts and condition.kpi == 0
    return 1 <= condition.kpi <= kpis and (counts if condition.kind == ConditionKind.CASES else condition.least is None)
