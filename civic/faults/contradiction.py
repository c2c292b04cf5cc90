"""Which repairs and closings do devices contradict, and which findings have no fault? It reads, and changes nothing.

Facts tell of changes: a lamp that was dark before its repair and is dark after it changes nothing. So one looks at
what is: at findings that are open, and at what a device has said since somebody wrote that it is over.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from civic.devices.judging.lamp import SPANS
from civic.devices.models import Device, DeviceFinding
from civic.devices.queries import still_wrong

from .models import Fault, Rejection
from .states import CLOSED, State
from .trouble import TROUBLES, category_of

IN_ORDER = (Rejection.NO_FAULT, Rejection.NOT_FOUND)  # what a device that says otherwise contradicts


@dataclass(frozen=True)
class Contradiction:
    """What a device says, and the moment, by its own clock, at which it had said so for long enough."""

    device: Device
    code: str
    at: datetime


def contradictions(at: datetime) -> list[Contradiction]:
    """Open findings without a fault that is at hand: of a repair that mended nothing, of one closed all the same."""
    faults, found = _faults(), []
    rows = [(row, faults.get((row.device_id, TROUBLES[category_of(row.code)]))) for row in _open_findings()]
    asked = {row.device_id for row, fault in rows if fault is None or _over_since(fault)}
    devices = Device.objects.filter(pk__in=asked, retired_at=None).select_related("district", "state__via").in_bulk()
    for row, fault in rows:
        if (device := devices.get(row.device_id)) is None:
            continue
        moment = _again(fault, device, row.code, at) if fault else row.opened_at
        if moment:
            found.append(Contradiction(device, row.code, moment))
    return found


def _open_findings() -> QuerySet[DeviceFinding]:
    return DeviceFinding.objects.filter(closed_at=None).order_by("pk")


def _faults() -> dict[tuple[int | None, str], Fault]:
    """{device, trouble: the fault that is open, else the one that moved last} of devices with an open finding."""
    told = _open_findings().order_by().values("device")
    found: dict[tuple[int | None, str], Fault] = {}
    for fault in Fault.objects.filter(device__in=told).select_related("duplicate_of").order_by("moved_at", "pk"):
        known = found.get((fault.device_id, fault.trouble))
        if known is None or known.state in CLOSED:
            found[fault.device_id, fault.trouble] = fault
    return found


def _over_since(fault: Fault) -> datetime | None:
    """Since when somebody says that it is over or in order; None while it is at hand, or not ours to mend."""
    if fault.state == State.REPAIRED:
        return fault.repaired_at
    if fault.state == State.RESOLVED:
        return fault.resolved_at
    if fault.state != State.REJECTED:
        return None
    twin = fault.duplicate_of
    if twin is not None:
        return twin.moved_at if twin.state in CLOSED else None
    return fault.rejected_at if fault.rejection in IN_ORDER else None


def _again(fault: Fault, device: Device, code: str, at: datetime) -> datetime | None:
    """When it had said so for long enough since; who is silent contradicts a repair, and says nothing of a closing."""
    since = _over_since(fault)
    if since is None or (code not in SPANS and fault.state != State.REPAIRED):
        return None
    return still_wrong(device, [code], since, at)
