"""What may somebody do about a fault right now? The rules, asked one by one; the next act stands first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic.people.models import Person
from civic.people.rules import may
from civic.refusals import Refusal

from . import rules
from .models import Fault
from .speaking import speaks
from .states import AT_WORK, CLOSED, NEW, State

Visitor = Person | AnonymousUser


@dataclass(frozen=True)
class Act:
    """One thing an official can do: its word in addresses, on the button, above the form, and after it is done."""

    name: str
    label: str | Promise
    title: str | Promise
    done: str | Promise
    why_not: Callable[..., Refusal | None]
    asks_device: bool = False

    def why_not_now(self, person: Visitor, fault: Fault, at: datetime) -> Refusal | None:
        """With what its device says, which costs a question: for one fault, not for a list."""
        return self.why_not(person, fault, **({"at": at} if self.asks_device else {}))


ACTS: dict[str, Act] = {
    act.name: act
    for act in (
        Act(
            "take",
            _("Take it on"),
            _("Take the fault on"),
            _("Taken on. Residents see your department and the due time."),
            rules.why_not_take,
        ),
        Act(
            "start",
            _("Start the repair"),
            _("Start the repair"),
            _("Residents see that somebody is at work."),
            rules.why_not_start,
        ),
        Act(
            "repair",
            _("Record the repair"),
            _("Record the repair"),
            _("The repair is recorded. Everybody who reported it is told."),
            rules.why_not_repair,
        ),
        Act(
            "resolve",
            _("Close it"),
            _("Close the fault"),
            _("The fault is closed. Everybody who reported it is told."),
            rules.why_not_resolve,
            asks_device=True,
        ),
        Act(
            "schedule",
            _("Plan a visit"),
            _("Plan a visit"),
            _("Residents see when somebody comes."),
            rules.why_not_schedule,
        ),
        Act(
            "reopen",
            _("It is back"),
            _("Open it again"),
            _("The fault is open again under the same number."),
            rules.why_not_reopen,
        ),
        Act(
            "reject",
            _("Do not take it on"),
            _("Do not take it on"),
            _("The fault is closed with your reason."),
            rules.why_not_reject,
            asks_device=True,
        ),
        Act(
            "transfer",
            _("Hand it on"),
            _("Hand it on to another department"),
            _("It is handed on. The due time stays, and everybody who reported it is told."),
            rules.why_not_transfer,
        ),
    )
}


def open_to(person: Visitor, fault: Fault, at: datetime) -> list[Act]:
    """What this person may do at `at`; no question for those who hold no office."""
    if not may(person, "work_on_faults"):
        return []
    return [act for act in ACTS.values() if act.why_not_now(person, fault, at) is None]


def next_act(fault: Fault, now: datetime) -> Act | None:
    """What somebody in office does next, whoever it is: for lists. `now` is the time at its device.

    A repair closes by itself where a device speaks; where none does, somebody has to look.
    """
    if fault.state in CLOSED:
        return None
    if fault.closure_proposed_at or (fault.state == State.REPAIRED and not speaks(fault, now)):
        return ACTS["resolve"]
    if fault.state in NEW:
        return ACTS["take"]
    if fault.state in AT_WORK:
        return ACTS["repair"] if fault.started_at else ACTS["start"]
    return None
