"""Whose turn is it? The desk's first page: what waits, sorted by the time that is left, one next act a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component

from civic.chain.queries import index_line_for
from civic.clocks.now import database_now
from civic.faults import acts, listing
from civic.faults import shown as faults
from civic.overview.queries import arriving_in, clocks, waiting_in
from civic.people.models import Person
from civic.people.queries import roles_shown
from civic.places.queries import districts
from civic.proposals import rules
from civic.proposals.models import Proposal
from civic.proposals.shown import Row, due_day, row

from .access import person_at, turn_of
from .fault_board import DUE_FIRST, fault_tasks

LONGEST = 50  # rows on the first page; the rest is in the lists
LONG = timedelta.max  # what has no time of its own comes last


@dataclass(frozen=True)
class Task:
    """A proposal with its one next act."""

    row: Row
    due: datetime | None
    left: timedelta
    act: str | Promise
    href: str
    urgent: bool


@dataclass(frozen=True)
class FaultTask:
    """A fault with its one next act, where the person may do it."""

    fault: faults.Row
    left: timedelta
    act: acts.Act | None


class MyTurn(Component):
    """The panel that fills the desk's home."""

    name = "my_turn"
    order = 1
    template_name = "cms/desk/turn.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        assert parent_context is not None  # the home view always gives one
        person = person_at(parent_context["request"])
        turn, at = turn_of(person), database_now()
        own, offices = turn.districts, turn.departments
        broken = listing.at_hand(own, offices)
        answers, repairs = clocks(at, own, offices), listing.due_of(broken, at=at)
        tasks: list[Task | FaultTask] = [_task(proposal, person, at) for proposal in waiting_in(own, LONGEST, offices)]
        tasks += _fault_tasks(broken, person, at)
        return {
            "now": at,
            "person": person,
            "mine": turn.mine,
            "office": next((shown.office for shown in roles_shown(person) if shown.office), ""),
            "places": [place for place in districts() if place.code in own],
            "answers": answers,
            "repairs": repairs,
            "late": answers.late + repairs.late,
            "today": answers.today + repairs.today,
            "week": answers.week + repairs.week,
            "waiting": answers.waiting + repairs.waiting,
            "tasks": sorted(tasks, key=lambda task: task.left)[:LONGEST],
            "arriving": [_task(proposal, person, at) for proposal in arriving_in(own, at, LONGEST, offices)],
            "line": index_line_for(lit="answer", district=next(iter(own)) if len(own) == 1 else ""),
        }


def _task(proposal: Proposal, person: Person, at: datetime) -> Task:
    shown = row(proposal, at=at)
    answerable = rules.why_not_answer(person, proposal) is None
    return Task(
        row=shown,
        due=due_day(proposal),
        left=proposal.due_at - at if proposal.due_at else LONG,
        act=gettext_lazy("Write the answer") if answerable else gettext_lazy("Read it"),
        href=reverse("desk-proposals:answer" if answerable else "desk-proposals:inspect", args=[proposal.pk]),
        urgent=answerable and shown.days_left <= 0,
    )


def _fault_tasks(broken: Any, person: Person, at: datetime) -> list[FaultTask]:
    """Those due first, the time that is left told by the clock at each device."""
    first = list(listing.with_rows(broken).order_by(*DUE_FIRST)[:LONGEST])
    return [
        FaultTask(one, one.fault.due_at - one.now if one.fault.due_at else LONG, act)
        for one, act in fault_tasks(first, person, at)
    ]
