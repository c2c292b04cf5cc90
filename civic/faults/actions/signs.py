"""What follows from what devices say? Findings open faults, recovery proposes closing, a good night closes."""

from datetime import datetime, timedelta

from django.db import transaction

from civic.devices.models import Device, Kind
from civic.faults import facts, queries
from civic.faults.evidence import evidence_of
from civic.faults.models import Fault, Source
from civic.faults.states import State
from civic.faults.trouble import TROUBLES, category_of
from civic.policies.queries import promise_at

from .written import Where, affect, begun, held, locked, relapse, write_step


@transaction.atomic
def open_by_finding(*, device: Device, code: str, at: datetime) -> Fault:
    """A device tells of trouble: one fault, whoever told of it before. `code` is TALQ's, `at` the device's time."""
    held(device)
    category = category_of(code)
    known = queries.own_open_fault(device, TROUBLES[category])
    if known is not None:
        return _confirmed(locked(known), code, at)
    promise = promise_at(device.district_id, at)
    since = at - timedelta(days=promise.fault_relapse_days)
    old = queries.relapsed(device, TROUBLES[category], since=since)
    if old is not None:
        return _back(locked(old), code, at)
    fault = begun(Where.of(device), category, Source.SENSOR, at, finding=code)
    affect(fault, _lamps_of(device))
    told = facts.FaultOpened(
        key=fault.key,
        district=fault.district_id,
        source=fault.source,
        category=category,
        finding=code,
        device=device.tag,
    )
    write_step(fault, told, at)
    return fault


@transaction.atomic
def propose_closure(*, device: Device, code: str, at: datetime) -> Fault | None:
    """The device says that it is well again: noted for everybody to see. It closes nothing."""
    held(device)
    known = queries.own_open_fault(device, TROUBLES[category_of(code)])
    if known is None:
        return None
    fault = locked(known)
    if fault.state == State.REPAIRED or fault.closure_proposed_at or at < (fault.reopened_at or fault.opened_at):
        return fault
    fault.closure_proposed_at = at
    write_step(fault, facts.ClosureProposed(key=fault.key, district=fault.district_id), at)
    return fault


@transaction.atomic
def resolve_by_evidence(*, fault: Fault, at: datetime) -> Fault:
    """Close it when its device has been well through a whole night since; without readings nothing happens."""
    fault = locked(fault)
    moment = evidence_of(fault, at)
    if moment is None:
        return fault
    fault.resolved_at = moment
    told = facts.FaultResolved(key=fault.key, district=fault.district_id, by="evidence")
    write_step(fault, told, moment, to=State.RESOLVED)
    return fault


def _confirmed(fault: Fault, code: str, at: datetime) -> Fault:
    """The device says the same as somebody else, or takes back that it is well; a repaired fault is back."""
    if fault.state == State.REPAIRED:
        return _back(fault, code, at) if fault.repaired_at and at > fault.repaired_at else fault
    fault.finding = fault.finding or code
    if fault.state != State.SUSPECTED and not fault.closure_proposed_at:
        fault.save()
        return fault
    fault.closure_proposed_at = None
    told = facts.FaultConfirmed(key=fault.key, district=fault.district_id, source=Source.SENSOR)
    write_step(fault, told, at, to=State.CONFIRMED if fault.state == State.SUSPECTED else None)
    return fault


def _back(fault: Fault, code: str, at: datetime) -> Fault:
    relapse(fault, at)
    fault.finding = code
    told = facts.FaultReopened(key=fault.key, district=fault.district_id, times=fault.reopened, source=Source.SENSOR)
    write_step(fault, told, at, to=State.CONFIRMED)
    return fault


def _lamps_of(device: Device) -> list[Device]:
    """A cabinet's lamps in service go dark with it."""
    return list(device.children.filter(retired_at__isnull=True)) if device.kind == Kind.CABINET else []
