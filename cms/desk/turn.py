"""Whose turn is it? The desk's first page: what waits for an answer, sorted by deadline, one next act a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component

from civic.chain.queries import index_line_for
from civic.clocks.now import database_now
from civic.overview.queries import arriving_in, clocks, waiting_in
from civic.people.models import Person
from civic.people.queries import roles_shown
from civic.places.queries import districts
from civic.proposals import rules
from civic.proposals.models import Proposal
from civic.proposals.shown import Row, due_day, row

from .access import desk_departments, desk_districts, person_at

LONGEST = 50  # rows on the first page; the rest is in the list


@dataclass(frozen=True)
class Task:
    """One row of the desk with its one next act."""

    row: Row
    due: datetime | None
    act: str | Promise
    href: str
    urgent: bool


class MyTurn(Component):
    """The panel that fills the desk's home."""

    name = "my_turn"
    order = 1
    template_name = "cms/desk/turn.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        assert parent_context is not None  # the home view always gives one
        person = person_at(parent_context["request"])
        own, offices, at = desk_districts(person), desk_departments(person), database_now()
        counted = clocks(at, own, offices)
        return {
            "now": at,
            "person": person,
            "office": next((shown.office for shown in roles_shown(person) if shown.office), ""),
            "places": [place for place in districts() if place.code in own],
            "clocks": counted,
            "tasks": [_task(proposal, person, at) for proposal in waiting_in(own, LONGEST, offices)],
            "arriving": [_task(proposal, person, at) for proposal in arriving_in(own, at, LONGEST, offices)],
            "line": index_line_for(lit="answer", district=next(iter(own)) if len(own) == 1 else "", late=counted.late),
        }


def _task(proposal: Proposal, person: Person, at: datetime) -> Task:
    shown = row(proposal, at=at)
    answerable = rules.why_not_answer(person, proposal) is None
    return Task(
        row=shown,
        due=due_day(proposal),
        act=gettext_lazy("Write the answer") if answerable else gettext_lazy("Read it"),
        href=reverse("desk-proposals:answer" if answerable else "desk-proposals:inspect", args=[proposal.pk]),
        urgent=answerable and shown.days_left <= 0,
    )
