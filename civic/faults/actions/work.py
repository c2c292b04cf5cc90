"""What do officials do about a fault? Take it on, plan, begin, repair, close, refuse, hand on, reopen: in public."""

from datetime import datetime
from typing import Any

from django.db import transaction

from civic.faults import facts, rules
from civic.faults.clock import time_at
from civic.faults.models import Fault, Rejection, Report
from civic.faults.queries import hours_to_repair, reports_of
from civic.faults.states import State
from civic.people.models import Department, Person
from civic.people.queries import grant_for
from civic.people.roles import Official
from civic.photos.actions import keep_photo
from civic.photos.drawing import Drawn
from civic.refusals import insist
from civic.texts import clean_line

from .written import held, locked, pair, relapse, write_step


@transaction.atomic
def take_fault(*, by: Person, fault: Fault, note: str = "", at: datetime) -> Fault:
    """Take it on: the first answer. The repair's clock goes on, and everybody reads which office stands for it."""
    fault = locked(fault)
    insist(rules.why_not_take(by, fault))
    moment = _begin(by, fault, at)
    fault.acknowledged_at = moment
    due = fault.repair_due_at.isoformat()
    told = facts.FaultTaken(key=fault.key, district=fault.district_id, due_at=due)
    write_step(fault, told, moment, to=State.ACKNOWLEDGED, by=by, note=_note(note))
    return fault


@transaction.atomic
def schedule_fault(*, by: Person, fault: Fault, planned_for: datetime, note: str = "", at: datetime) -> Fault:
    """Say when somebody comes; said again, the visit is moved."""
    fault = locked(fault)
    insist(rules.why_not_schedule(by, fault) or rules.why_not_visit(fault, planned_for, at=at))
    moment = _begin(by, fault, at)
    fault.planned_for = planned_for
    told = facts.FaultScheduled(key=fault.key, district=fault.district_id, planned_for=planned_for.isoformat())
    to = None if fault.state == State.SCHEDULED else State.SCHEDULED
    write_step(fault, told, moment, to=to, by=by, note=_note(note))
    return fault


@transaction.atomic
def start_fault(*, by: Person, fault: Fault, note: str = "", at: datetime) -> Fault:
    """Somebody is at work."""
    fault = locked(fault)
    insist(rules.why_not_start(by, fault))
    moment = _begin(by, fault, at)
    fault.started_at = moment
    told = facts.RepairStarted(key=fault.key, district=fault.district_id)
    write_step(fault, told, moment, to=State.IN_PROGRESS, by=by, note=_note(note))
    return fault


@transaction.atomic
def repair_fault(*, by: Person, fault: Fault, result: str, photo: Drawn | None = None, at: datetime) -> Fault:
    """Record what was done. The clock stops; a good night, or an official where no device speaks, closes it."""
    fault = locked(fault)
    result = clean_line(result)
    needed = rules.pictures_needed(fault, at=at)
    insist(rules.why_not_repair(by, fault, result, 1 if photo else 0, needed))
    moment = _begin(by, fault, at)
    fault.repaired_at, fault.result = moment, result
    if photo is not None:
        keep_photo(key=fault.key, drawn=photo, public=True, at=at)
    minutes = round((hours_to_repair(fault) or 0) * 60)
    told = facts.FaultRepaired(key=fault.key, district=fault.district_id, minutes=minutes)
    write_step(fault, told, moment, to=State.REPAIRED, by=by, note=result)
    return fault


@transaction.atomic
def resolve_fault(*, by: Person, fault: Fault, note: str = "", photo: Drawn | None = None, at: datetime) -> Fault:
    """Close what is repaired, or well again as its device says, having looked; `note` and `photo` are what was seen."""
    fault = locked(fault)
    note = _note(note)
    insist(rules.why_not_resolve(by, fault, note, 1 if photo else 0, at=at))
    moment = _begin(by, fault, at)
    if photo is not None:
        keep_photo(key=fault.key, drawn=photo, public=True, at=at)
    fault.resolved_at, fault.result = moment, fault.result or note
    told = facts.FaultResolved(key=fault.key, district=fault.district_id, by="official")
    write_step(fault, told, moment, to=State.RESOLVED, by=by, note=note)
    return fault


@transaction.atomic
def reject_fault(
    *, by: Person, fault: Fault, reason: str, duplicate_of: Fault | None = None, note: str = "", at: datetime
) -> Fault:
    """Do not take it on, with a reason. Whoever reported a duplicate is told of the other fault from now on."""
    fault, twin = pair(fault, duplicate_of if reason == Rejection.DUPLICATE_OF else None)
    insist(rules.why_not_reject(by, fault, reason, twin, at=at))
    moment = _begin(by, fault, at)
    more = _new_words(fault, twin) if twin else 0
    fault.rejected_at, fault.rejection, fault.duplicate_of = moment, reason, twin
    told = facts.FaultRejected(
        key=fault.key, district=fault.district_id, reason=reason, duplicate_of=twin.code if twin else ""
    )
    write_step(fault, told, moment, to=State.REJECTED, by=by, note=_note(note))
    if twin:
        _hand_over(fault, twin, more, moment)
    return fault


@transaction.atomic
def transfer_fault(*, by: Person, fault: Fault, department: Department | None, note: str, at: datetime) -> Fault:
    """Hand it on to another department, with a reason. Its clocks go on; whoever worked on it does no more."""
    fault = locked(fault)
    reason = clean_line(note)
    insist(rules.why_not_transfer(by, fault, department, reason))
    assert department is not None  # the rule has asked
    moment, before = _begin(by, fault, at), fault.department_id or ""
    fault.department = department
    codes = {"department": department.code, "before": before}
    told = facts.FaultTransferred(key=fault.key, district=fault.district_id, **codes)
    write_step(fault, told, moment, by=by, note=reason)
    fault.assignee, fault.assignee_name, fault.office, fault.phone = None, "", "", ""
    fault.save(update_fields=["assignee", "assignee_name", "office", "phone"])
    return fault


@transaction.atomic
def reopen_fault(*, by: Person, fault: Fault, note: str = "", at: datetime) -> Fault:
    """It is out of order all the same."""
    if fault.device:
        held(fault.device)  # whoever opens another fault of the lamp waits
    fault = locked(fault)
    insist(rules.why_not_reopen(by, fault))
    moment = _begin(by, fault, at)
    relapse(fault, moment)
    told = facts.FaultReopened(key=fault.key, district=fault.district_id, times=fault.reopened, source="official")
    write_step(fault, told, moment, to=State.CONFIRMED, by=by, note=_note(note))
    return fault


def _begin(by: Person, fault: Fault, at: datetime) -> datetime:
    """Who stands for it, and the time where it is: never before what was last done."""
    grant = grant_for(by, Official.code, fault.scope)
    assert grant is not None  # the rule has asked
    fault.assignee, fault.assignee_name = by, grant.signature
    fault.office, fault.phone = grant.office, grant.phone
    return max(time_at(fault.device, at), fault.moved_at)


def _note(text: str) -> str:
    note = clean_line(text)
    insist(rules.why_not_note(note))
    return note


def _new_words(fault: Fault, twin: Fault) -> int:
    """How many told of a fault, or of its duplicates, and not of the twin: each person and each address once."""
    seen: set[Any] = set()
    for row in reports_of(twin).select_related("contact"):
        seen |= _names(row)
    more = 0
    for row in reports_of(fault).select_related("contact").order_by("pk"):
        names = _names(row)
        more += seen.isdisjoint(names)
        seen |= names
    return more


def _names(row: Report) -> set[Any]:
    """By what a report's giver is known: the account, the address, or neither."""
    contact = getattr(row, "contact", None)
    return {name for name in (row.person_id, contact and contact.email) if name}


def _hand_over(fault: Fault, twin: Fault, more: int, moment: datetime) -> None:
    """Its reporters count at the other fault and are told of it, and so are those of what was its duplicate."""
    Fault.objects.filter(duplicate_of=fault).update(duplicate_of=twin)
    if more:
        twin.reports += more
        told = facts.FaultJoined(key=twin.key, district=twin.district_id, reports=twin.reports)
        write_step(twin, told, moment, shown=False)
