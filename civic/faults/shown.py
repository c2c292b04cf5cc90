"""How is a fault shown to a reader? Pure: rows in, what templates print out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from civic.devices.models import Clock, Kind

from .device_shown import place_of, state_of, when, with_day
from .models import Category, Fault, FaultStep, Rejection, Trouble
from .queries import hours_to_repair
from .speaking import speaks
from .states import ASSIGNED, AT_WORK, CLOSED, DONE, FOR_RESIDENTS, NEW, RECEIVED, UNDER_WAY, State

STAGES = (RECEIVED, ASSIGNED, UNDER_WAY, DONE)  # what residents read, in order


@dataclass(frozen=True)
class Stage:
    """One of the four stages: its label, when it was reached, and whether it is the one now."""

    label: str | Promise
    at: datetime | None
    when: str
    current: bool


@dataclass(frozen=True)
class Row:
    """One fault in a list or on its page."""

    fault: Fault
    code: str
    key: str
    path: str
    title: str
    place: str
    category: str
    state: str
    label: str | Promise
    source: str
    now: datetime
    simulated: bool
    late: bool
    opened: str
    due: str
    took: str
    visit: str
    dark: int

    @property
    def is_open(self) -> bool:
        return self.state not in CLOSED

    @property
    def waits(self) -> bool:
        return self.state in NEW


def row(fault: Fault, *, at: datetime, played: Mapping[str, datetime], dark: int = 0) -> Row:
    """What a list shows of a fault. `dark` is how many lamps are dark because of it, `played` as in `now_at`."""
    now, simulated = now_at(fault, at, played)
    hours = hours_to_repair(fault)
    say = with_day if played else when
    return Row(
        fault=fault,
        code=fault.code,
        key=fault.key,
        path=reverse("fault", args=[fault.code]),
        title=title(fault, dark),
        place=where(fault),
        category=fault.get_category_display(),
        state=str(fault.state),
        label=FOR_RESIDENTS[State(fault.state)],
        source=fault.get_source_display(),
        now=now,
        simulated=simulated,
        late=fault.due_at is not None and now > fault.due_at,
        opened=say(fault.opened_at, now),
        due=say(fault.due_at, now) if fault.due_at else "",
        took=span(timedelta(hours=hours)) if hours is not None else "",
        visit=visit(fault, now),
        dark=dark,
    )


def now_at(fault: Fault, at: datetime, played: Mapping[str, datetime]) -> tuple[datetime, bool]:
    """The time at the fault's device, and whether a demonstration plays it; `at` anywhere else.

    `played` is {district: simulated now}: a cabinet, which says nothing itself, lives under its lamps' clock.
    """
    device = fault.device
    if device is None:
        return at, False
    state = state_of(device)
    if state and state.via and state.via.clock == Clock.SIMULATED and state.via.clock_at:
        return state.via.clock_at, True
    if device.kind == Kind.CABINET and device.district_id in played:
        return played[device.district_id], True
    return at, False


def where(fault: Fault) -> str:
    """Street and number, or the dong where the list gives no address."""
    place = place_of(fault.device) if fault.device else ""
    return place or str(fault.dong or fault.district)


def title(fault: Fault, dark: int = 0) -> str:
    """What a neighbour would say of it, with the place in front."""
    words = {"place": where(fault), "what": fault.get_category_display(), "n": dark}
    if fault.device and fault.device.kind == Kind.CABINET and fault.category == Category.OUTAGE and dark:
        return (
            ngettext(
                "%(place)s: a cabinet is down, so %(n)s light is dark",
                "%(place)s: a cabinet is down, so %(n)s lights are dark",
                dark,
            )
            % words
        )
    return _("%(place)s: %(what)s") % words


def span(length: timedelta) -> str:
    """Hours and minutes; days from the second day on."""
    minutes = max(0, round(length / timedelta(minutes=1)))
    if not minutes:
        return _("under a minute")
    days, rest = divmod(minutes, 24 * 60)
    words = {"days": days, "hours": rest // 60, "minutes": rest % 60}
    if days >= 2:
        return _("%(days)s d %(hours)s h") % words
    words["hours"] = minutes // 60
    return _("%(hours)s h %(minutes)s min") % words if words["hours"] else _("%(minutes)s min") % words


def visit(fault: Fault, now: datetime) -> str:
    """When somebody comes, or was to come; empty where nobody said, or where it is done."""
    if fault.planned_for is None or fault.state not in AT_WORK:
        return ""
    words = {"when": when(fault.planned_for, now)}
    return (_("Somebody comes: %(when)s.") if now <= fault.planned_for else _("A visit was planned: %(when)s.")) % words


def outlook(fault: Fault, now: datetime) -> str:
    """What closes it, said before it happens; empty where somebody still has to mend it."""
    if fault.state == State.REPAIRED:
        if not speaks(fault, now):
            return _("Somebody of the department looks at it once more and closes it.")
        if fault.trouble == Trouble.DAY:
            return _("A whole day without light closes it. If the light burns again by day, it opens again by itself.")
        return _("A whole good night closes it. If the light says that it is not well, it opens again by itself.")
    if not fault.closure_proposed_at or fault.state in CLOSED:
        return ""
    if fault.reports:
        return _("The light says that it is well again. Three days in order close it, or an official who has looked.")
    return _("The light says that it is well again. A whole good night closes it, or an official who has looked.")


def stages(fault: Fault, now: datetime) -> list[Stage]:
    """The four stages with the times they were reached; a fault that is not taken on has only its first."""
    reached = (
        fault.reopened_at or fault.opened_at,
        fault.acknowledged_at,
        fault.started_at,
        fault.repaired_at or fault.resolved_at,
    )
    current = FOR_RESIDENTS[State(fault.state)]
    return [
        Stage(label, moment, when(moment, now) if moment else "", label == current)
        for label, moment in zip(STAGES, reached, strict=True)
    ]


STEPS: dict[str, str | Promise] = {
    "FaultConfirmed": gettext_lazy("Confirmed: it is not one person's word alone."),
    "FaultTaken": gettext_lazy("The department has taken it on."),
    "FaultScheduled": gettext_lazy("A visit is planned."),
    "RepairStarted": gettext_lazy("Somebody is at work on it."),
    "FaultRepaired": gettext_lazy("Repaired."),
    "ClosureProposed": gettext_lazy("The light says that it is well again."),
    "FaultResolved": gettext_lazy("Closed: the light itself has shown that it is well."),
    "FaultReopened": gettext_lazy("It is back. The same number goes on."),
    "FaultTransferred": gettext_lazy("Handed on to another department. The due time stays."),
}


def step_row(step: FaultStep, fault: Fault, *, now: datetime) -> dict[str, Any]:
    """One line of the log: when, what, who stands for it in office, and the note everybody may read. No resident."""
    return {
        "at": step.at,
        "when": when(step.at, now),
        "words": step_words(step, fault),
        "office": step.office,
        "name": step.by_name,
        "phone": step.phone,
        "note": step.note,
    }


def step_words(step: FaultStep, fault: Fault) -> str:
    """The sentence of a step."""
    if step.fact == "FaultOpened":
        return _("The light told of it itself.") if fault.source == "sensor" else _("A resident reported it.")
    if step.fact == "FaultResolved" and step.office:
        return _("Closed: an official has looked at it.")
    if step.fact == "FaultRejected" and fault.rejection:
        return _("Not taken on: %(reason)s.") % {"reason": Rejection(fault.rejection).label}
    return str(STEPS.get(step.fact, FOR_RESIDENTS[State(step.state)]))
