"""What can be done about a fault? Devices tell of it, residents report it, officials mend it, evidence closes it."""

from .forgetting import forget_reporter, move_contacts
from .reports import contest_repair, join_fault, report_fault
from .signs import open_by_finding, propose_closure, resolve_by_evidence
from .work import (
    reject_fault,
    reopen_fault,
    repair_fault,
    resolve_fault,
    schedule_fault,
    start_fault,
    take_fault,
    transfer_fault,
)

__all__ = [
    "contest_repair",
    "forget_reporter",
    "move_contacts",
    "join_fault",
    "open_by_finding",
    "propose_closure",
    "reject_fault",
    "reopen_fault",
    "repair_fault",
    "report_fault",
    "resolve_by_evidence",
    "resolve_fault",
    "schedule_fault",
    "start_fault",
    "take_fault",
    "transfer_fault",
]
