"""Who moves a pilot on? An official, stage by stage, and at the end by the rule that was fixed before."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from civic.people.models import Person
from civic.pilots import facts, rules
from civic.pilots.judging import found, local_day
from civic.pilots.models import Pilot, Source
from civic.pilots.queries import kpis_of, repair_baseline
from civic.pilots.states import BACK, Stage, Verdict
from civic.refusals import insist
from civic.texts import clean_html, why_not_clean

from .keeping import enter, locked, signed, tell
from .measuring import measure_repairs


@transaction.atomic
def advance_pilot(*, by: Person, pilot: Pilot, to: Stage, ends_on: date | None = None, at: datetime) -> Pilot:
    """Enter the next stage. The first start fixes the rule, and computes what repairs took before it.

    A pilot that is tried again has a new last day, `ends_on`.
    """
    pilot = locked(pilot)
    before = pilot.stage
    insist(rules.why_not_work(by, pilot.proposal.scope))
    if to == Stage.RUNNING and pilot.started_at is None:
        _compute_baseline(pilot, at)
    if to == Stage.JUDGING:
        measure_repairs(pilot=pilot, at=at)
        pilot = locked(pilot)
    insist(rules.why_not_move(by, pilot, to))
    if before == Stage.IMPROVING:
        _go_on(pilot, ends_on, at)
    elif to == Stage.RUNNING and pilot.started_at is None:
        _start(pilot, at)
    enter(pilot, to, at, **signed(by, pilot))
    tell(facts.PilotMoved, pilot, {by: {"as": "official"}}, at, before=str(before), stage=str(to))
    return pilot


@transaction.atomic
def set_pilot_back(*, by: Person, pilot: Pilot, reason: str, at: datetime) -> Pilot:
    """Go back one stage, with a reason that everybody can read."""
    pilot = locked(pilot)
    insist(why_not_clean(reason, "reason"))
    reason, before = clean_html(reason), Stage(pilot.stage)
    insist(rules.why_not_set_back(by, pilot, reason))
    enter(pilot, BACK[before], at, reason=reason, back=True, **signed(by, pilot))
    codes = {"before": str(before), "stage": str(pilot.stage)}
    tell(facts.PilotSetBack, pilot, {by: {"as": "official"}}, at, **codes)
    return pilot


@transaction.atomic
def decide_pilot(
    *, by: Person, pilot: Pilot, verdict: str, reason: str, ends_on: date | None = None, at: datetime
) -> Pilot:
    """Expand, improve and retry, continue or stop: with a reason, and by the rule fixed before the start.

    What is continued has a new last day, `ends_on`.
    """
    pilot = locked(pilot)
    insist(why_not_clean(reason, "reason"))
    reason = clean_html(reason)
    insist(rules.why_not_decide(by, pilot, verdict, reason))
    basis = _basis(pilot, at)
    rule_met = all(met == "met" for _position, met, _value, _n in basis)
    insist(rules.why_not_expand(verdict, rule_met))
    if verdict == Verdict.CONTINUED:
        _go_on(pilot, ends_on, at)
    pilot.decided_at = max(at, pilot.measured_at or at)  # a played night, in which lamps were mended, may lie ahead
    enter(pilot, Stage(verdict), at, reason=reason, rule_met=rule_met, basis=basis, **signed(by, pilot))
    tell(facts.PilotDecided, pilot, {by: {"as": "official"}}, at, decision=verdict, rule_met=rule_met)
    return pilot


def _compute_baseline(pilot: Pilot, at: datetime) -> None:
    kpi = pilot.kpis.filter(source=Source.REPAIR_HOURS).first()
    if kpi is None:
        return
    measured = repair_baseline(pilot, at)
    if measured.n:
        kpi.baseline, kpi.baseline_on, kpi.baseline_n = measured.hours, measured.on, measured.n
        kpi.save(update_fields=["baseline", "baseline_on", "baseline_n"])


def _start(pilot: Pilot, at: datetime) -> None:
    """The day it really starts; its length stays as planned."""
    today, length = local_day(at), pilot.ends_on - pilot.starts_on
    pilot.started_at, pilot.starts_on, pilot.ends_on = at, today, today + length
    pilot.rule_fixed_at = at


def _go_on(pilot: Pilot, ends_on: date | None, at: datetime) -> None:
    insist(rules.why_not_go_on(ends_on, at=at))
    pilot.ends_on = ends_on or pilot.ends_on


def _basis(pilot: Pilot, at: datetime) -> list[Any]:
    """Each condition as it stands: [position, met, value, n]."""
    today = local_day(at)
    kpis = {kpi.pk: kpi for kpi in kpis_of(pilot)}
    basis: list[Any] = []
    for condition in pilot.conditions.all():
        kpi = kpis.get(condition.kpi_id or 0)
        one = found(condition, kpi, list(kpi.readings.all()) if kpi else [], pilot, on=today)
        basis.append([condition.position, one.met, float(one.value) if one.value is not None else None, one.n])
    return basis
