"""One example of every action on faults that records a fact: prepare, then act; joined to the others in examples.py."""

from collections.abc import Callable
from datetime import timedelta

from civic.devices.actions import take_readings
from civic.devices.actions.keys import issue_device_token
from civic.devices.models import Device, DeviceToken
from civic.devices.reading import Reading
from civic.faults import actions as faults
from civic.faults.models import Fault
from tests.making import NOON, make_fault, make_lamp, make_official, make_person, make_repaired

Act = Callable[[], object]
DUSK, DAWN = NOON + timedelta(hours=6), NOON + timedelta(hours=19)  # 18:00 and 07:00 of the night that follows
HOUR = timedelta(hours=1)


def good_night(*devices: Device, days: int = 0, watts: float = 38) -> None:
    """Each says every ten minutes from dusk to dawn that it is lit, and at dawn that it goes out."""
    issue_device_token(device=None, district=devices[0].district, at=NOON)
    token = DeviceToken.objects.select_related("gateway").latest("pk")
    start = DUSK + timedelta(days=days)
    beats = [start + timedelta(minutes=10 * n) for n in range(6 * 13)]
    lit = [Reading(d.tag, t.isoformat(), t, {"powerState": "on", "power": watts}) for t in beats for d in devices]
    out = [Reading(d.tag, "off", DAWN + timedelta(days=days), {"powerState": "off"}) for d in devices]
    take_readings(by=token, readings=list(enumerate(lit + out)), at=DAWN + timedelta(days=days))


def _taken() -> Fault:
    return faults.take_fault(by=make_official(), fault=make_fault(), at=NOON)


def _report() -> Act:
    person, lamp = make_person(), make_lamp()
    return lambda: faults.report_fault(by=person, device=lamp, category="dark", email="a@example.org", at=NOON)


def _join() -> Act:
    person, fault = make_person(), make_fault()
    return lambda: faults.join_fault(by=person, fault=fault, at=NOON)


def _contest() -> Act:
    person, fault = make_person(), make_repaired()
    return lambda: faults.contest_repair(by=person, fault=fault, at=NOON + 3 * HOUR)


def _find() -> Act:
    lamp = make_lamp()
    return lambda: faults.open_by_finding(device=lamp, code="lampFailure", at=NOON)


def _propose() -> Act:
    lamp = make_lamp()
    faults.open_by_finding(device=lamp, code="lampFailure", at=NOON)
    return lambda: faults.propose_closure(device=lamp, code="lampFailure", at=NOON + HOUR)


def _prove() -> Act:
    fault = make_repaired()
    assert fault.device is not None
    good_night(fault.device)
    return lambda: faults.resolve_by_evidence(fault=fault, at=DAWN + HOUR)


def _take() -> Act:
    official, fault = make_official(), make_fault()
    return lambda: faults.take_fault(by=official, fault=fault, at=NOON)


def _schedule() -> Act:
    official, fault = make_official(), _taken()
    return lambda: faults.schedule_fault(by=official, fault=fault, planned_for=NOON + HOUR, at=NOON)


def _start() -> Act:
    official, fault = make_official(), _taken()
    return lambda: faults.start_fault(by=official, fault=fault, at=NOON)


def _repair() -> Act:
    official, fault = make_official(), _taken()
    return lambda: faults.repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=NOON)


def _resolve() -> Act:
    official, fault = make_official(), make_repaired()
    return lambda: faults.resolve_fault(by=official, fault=fault, at=NOON)


def _reject() -> Act:
    official, fault, twin = make_official(), make_fault(), make_fault()
    said = {"reason": "duplicate_of", "duplicate_of": twin}
    return lambda: faults.reject_fault(by=official, fault=fault, **said, at=NOON)


def _reopen() -> Act:
    official, fault = make_official(), make_repaired()
    return lambda: faults.reopen_fault(by=official, fault=fault, at=NOON)


FAULT_EXAMPLES: dict[str, Callable[[], Act]] = {
    "report_fault": _report,
    "join_fault": _join,
    "contest_repair": _contest,
    "open_by_finding": _find,
    "propose_closure": _propose,
    "resolve_by_evidence": _prove,
    "take_fault": _take,
    "schedule_fault": _schedule,
    "start_fault": _start,
    "repair_fault": _repair,
    "resolve_fault": _resolve,
    "reject_fault": _reject,
    "reopen_fault": _reopen,
}
