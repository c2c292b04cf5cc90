"""Who sets a pilot up? An official: the plan, its lamps, what was before."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from civic.chain.actions import link_many, link_nodes, place_node
from civic.clocks.deadlines import SEOUL
from civic.devices.actions.chain import enter_chain
from civic.devices.models import Device
from civic.people.models import Person
from civic.pilots import facts, rules
from civic.pilots.marks import marks, pilot_path
from civic.pilots.models import Condition, Kpi, Pilot, PilotDevice
from civic.pilots.plan import PilotPlan
from civic.pilots.states import Stage
from civic.proposals.actions import note_after
from civic.proposals.models import Proposal
from civic.refusals import insist

from .keeping import enter, locked, show, signed, tell


@transaction.atomic
def plan_pilot(*, by: Person, proposal: Proposal, plan: PilotPlan, at: datetime) -> Pilot:
    """Make a pilot of an adopted proposal: its indicators, and the rule by which it will be judged."""
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    insist(rules.why_not_plan(by, proposal) or rules.why_not_plan_so(plan))
    pilot = Pilot(
        slug=plan.slug,
        proposal=proposal,
        district_id=proposal.district_id,
        dong_id=proposal.dong_id,
        title=plan.title,
        summary=plan.summary,
        planned_devices=plan.planned_devices,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        planned_at=at,
        moved_at=at,
    )
    office = signed(by, pilot)
    pilot.office = office["office"]
    pilot.save()
    _write_indicators(pilot, plan, at)
    _enter_chain(pilot)
    enter(pilot, Stage.PLANNED, at, **office)
    codes = {"proposal": proposal.code, "kpis": len(plan.kpis), "conditions": len(plan.conditions)}
    tell(facts.PilotPlanned, pilot, {by: {"as": "official"}}, at, **codes)
    return pilot


@transaction.atomic
def link_lamps(*, by: Person, pilot: Pilot, devices: Sequence[Device], at: datetime) -> Pilot:
    """Let devices take part; their repairs count for the pilot from then on. One linked already stays linked."""
    pilot = locked(pilot)
    insist(rules.why_not_link(by, pilot, devices))
    known = set(pilot.device_rows.values_list("device", flat=True))
    fresh = [device for device in devices if device.pk not in known]
    insist(rules.why_not_link_again(fresh))
    PilotDevice.objects.bulk_create(PilotDevice(pilot=pilot, device=device, linked_at=at) for device in fresh)
    enter_chain(fresh)
    link_many(origin=pilot.key, targets=[device.key for device in fresh], kind="tries")
    note_after(pilot.proposal, show(pilot))
    count = len(known) + len(fresh)
    tell(facts.PilotLampsLinked, pilot, {by: {"as": "official"}}, at, linked=len(fresh), devices=count)
    return pilot


@transaction.atomic
def record_baseline(*, by: Person, kpi: Kpi, value: Decimal, on: date, at: datetime) -> Kpi:
    """Write down what an indicator was before the start."""
    pilot = locked(kpi.pilot)
    kpi = Kpi.objects.select_for_update().get(pk=kpi.pk)
    insist(rules.why_not_baseline(by, pilot, kpi, on=on, at=at) or rules.why_not_value(value, ""))
    kpi.baseline, kpi.baseline_on = value, on
    kpi.save(update_fields=["baseline", "baseline_on"])
    tell(facts.KpiBaselineRecorded, pilot, {by: {"as": "official"}}, at, position=kpi.position)
    return kpi


def _write_indicators(pilot: Pilot, plan: PilotPlan, at: datetime) -> None:
    """The rows of a plan; a baseline that is known already is of the day of planning."""
    today = at.astimezone(SEOUL).date()
    kpis = [
        Kpi.objects.create(
            pilot=pilot,
            position=position,
            name=kpi.name,
            unit=kpi.unit,
            direction=kpi.direction,
            source=kpi.source,
            target=kpi.target,
            baseline=kpi.baseline,
            baseline_on=None if kpi.baseline is None else today,
        )
        for position, kpi in enumerate(plan.kpis, start=1)
    ]
    Condition.objects.bulk_create(
        Condition(
            pilot=pilot,
            position=position,
            kind=condition.kind,
            kpi=kpis[condition.kpi - 1] if condition.kpi else None,
            least=condition.least,
        )
        for position, condition in enumerate(plan.conditions, start=1)
    )


def _enter_chain(pilot: Pilot) -> None:
    place_node(
        key=pilot.key,
        kind="pilot",
        district=pilot.district_id,
        title=pilot.title,
        state=pilot.stage,
        path=pilot_path(pilot),
        marks=marks(pilot, devices=0),
    )
    link_nodes(origin=pilot.proposal.key, target=pilot.key, kind="tried")
