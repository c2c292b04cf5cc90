"""Where does a fault stand in the chain, and what does a page show of it live? Pure: a fault in, plain data out."""

from datetime import UTC, datetime
from typing import Any

from .device_shown import place_of
from .models import Fault
from .states import CLOSED


def fault_path(fault: Fault) -> str:
    """Without a language prefix: Korean; pages translate it."""
    return f"/faults/{fault.code}/"


def guest_path(key: str) -> str:
    """A reporter's own page, by the key that was shown once."""
    return f"/faults/mine/{key}/"


def fault_title(fault: Fault) -> str:
    """What chain and notices call it, in both languages: the place as its page has it, and the number."""
    place = place_of(fault.device) if fault.device else ""
    return f"{place or (fault.dong or fault.district).name_ko} {fault.code}"


def marks(fault: Fault) -> list[dict[str, Any]]:
    """A fault's own place: lit while it is open."""
    moment = fault.moved_at if fault.state in CLOSED else fault.opened_at
    status = "done" if fault.state in CLOSED else "lit"
    path = fault_path(fault)
    return [{"place": "live", "status": status, "fact": "day", "at": moment.isoformat(), "path": path}]


def live_state(fault: Fault) -> dict[str, Any]:
    """The whole state of a fault as pages show it live. Times are ISO 8601; `device` is a tag or None."""
    return {
        "state": str(fault.state),
        "reports": fault.reports,
        "due_at": _iso(fault.due_at),
        "planned_for": _iso(fault.planned_for),
        "opened_at": _iso(fault.opened_at),
        "repaired_at": _iso(fault.repaired_at),
        "device": fault.device.tag if fault.device else None,
        "category": str(fault.category),
        "source": str(fault.source),
        "dong": fault.dong_id,
        "reopened": fault.reopened,
        "closure_proposed": fault.closure_proposed_at is not None,
    }


def in_office(fault: Fault) -> dict[str, str]:
    """Who stands for it: the official who has taken it on, with office and telephone, else the department."""
    if fault.office:
        return {"office": fault.office, "official": fault.assignee_name, "phone": fault.phone}
    department = fault.department
    return {
        "office": str(department) if department else "",
        "official": "",
        "phone": department.phone if department else "",
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None
