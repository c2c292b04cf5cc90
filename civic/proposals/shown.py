"""How is a proposal shown to a reader? Pure: rows in, what templates print out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from civic.chain.line import Line
from civic.chain.queries import line_of_marks
from civic.clocks.deadlines import days_between, days_left, last_day
from civic.people.models import Person
from civic.people.rules import why_unchecked
from civic.places.models import Dong
from civic.places.queries import known_dongs
from civic.texts import plain

from . import rules
from .marks import marks
from .models import Category, Proposal
from .states import State

SUMMARY = 110  # characters: two lines on a desktop


@dataclass(frozen=True)
class Row:
    """One proposal in a list."""

    code: str
    key: str
    path: str
    title: str
    summary: str
    category: str
    dong: Dong
    state: str
    state_label: str
    supports: int
    needed: int
    missing: int
    days_left: int
    days_late: int
    answered_in: int | None
    planned: str
    line: Line | None  # lists show the lamp gauge instead while support is being collected

    @property
    def live_state(self) -> str:
        """The state as the feed names it: being late is none."""
        return "dept_review" if self.state == "late" else self.state


def row(proposal: Proposal, *, at: datetime) -> Row:
    """What a list shows of a proposal at a moment. Days count local days; `days_late` is 0 while in time."""
    deadline = proposal.closes_at if proposal.state == State.OPEN else (proposal.due_at or proposal.closes_at)
    late = proposal.state == State.DEPT_REVIEW and proposal.due_at is not None and at >= proposal.due_at
    decided = proposal.reached_at and proposal.decided_at
    return Row(
        code=proposal.code,
        key=proposal.key,
        path=reverse("proposal", args=[proposal.code]),
        title=proposal.title,
        summary=_shortened(f"{plain(proposal.problem)} {plain(proposal.solution)}"),
        category=str(Category(proposal.category).label),
        dong=_place(proposal),
        state="late" if late else str(proposal.state),
        state_label=str(_("Answer late")) if late else str(State(proposal.state).label),
        supports=proposal.supports,
        needed=proposal.policy.support_needed,
        missing=max(0, proposal.policy.support_needed - proposal.supports),
        days_left=days_left(deadline, at),
        days_late=-days_left(deadline, at) if late else 0,
        answered_in=days_between(proposal.reached_at, proposal.decided_at) if decided else None,  # type: ignore[arg-type]  # decided says both are there
        planned=proposal.answer.planned if hasattr(proposal, "answer") else "",
        line=line_of_marks(marks(proposal)) if proposal.state != State.OPEN else None,
    )


def _place(proposal: Proposal) -> Dong:
    """The dong, from what the process knows of places where the row did not bring it."""
    known = None if "dong" in proposal._state.fields_cache else known_dongs().get(proposal.dong_id)
    return known or proposal.dong


@dataclass(frozen=True)
class SupportPanel:
    """What the panel beside a proposal says and offers.

    `refusal` is why the button does not work, if it does not; `way_on` the page on which that can be changed.
    """

    kind: Literal["open", "mine", "signed_out", "cannot", "reached", "closed"]
    sentence: str
    sentences: dict[str, str]
    refusal: str | Promise = ""
    way_on: str = ""
    can_support: bool = False
    can_withdraw: bool = False


def support_panel(
    proposal: Proposal, visitor: Person | AnonymousUser, *, at: datetime, supported: bool
) -> SupportPanel:
    """The one rule decides: the panel greys what the action would refuse, with the same sentence."""
    sentences = _sentences(proposal)
    closed = rules.why_window_closed(proposal, at=at)
    kind: Literal["open", "mine", "signed_out", "cannot", "reached", "closed"]
    refusal: str | Promise = ""
    way_on = ""
    if closed:
        kind, refusal = "closed", closed.text
    elif not visitor.is_authenticated:
        kind = "signed_out"
    elif supported:
        kind = "mine"
    elif proposal.author_id == visitor.pk:
        kind = "cannot"
        refusal = gettext_lazy("You cannot support your own proposal. Neighbours can.")
    elif below := why_unchecked(visitor, proposal.policy.support_level):
        kind, refusal, way_on = "cannot", below.text, reverse("me-verification")
    else:
        kind = "reached" if proposal.state == State.DEPT_REVIEW else "open"
    return SupportPanel(
        kind=kind,
        sentence=_sentence(proposal, sentences),
        sentences=sentences,
        refusal=refusal,
        way_on=way_on,
        can_support=kind in ("open", "reached"),
        can_withdraw=kind == "mine",
    )


def _sentences(proposal: Proposal) -> dict[str, str]:
    """Sentences for the client, so that a count that moves brings its own words; {n} stands for the number."""
    days = {"days": proposal.policy.answer_days}
    return {
        "one": _("One more supporter starts the department's %(days)s-day clock.") % days,
        "many": _("{n} more supporters start the department's %(days)s-day clock.") % days,
        "reached": _("Enough support: the department answers within %(days)s days.") % days,
    }


def _sentence(proposal: Proposal, sentences: dict[str, str]) -> str:
    missing = proposal.policy.support_needed - proposal.supports
    if proposal.state == State.OPEN and missing > 0:
        return sentences["one"] if missing == 1 else sentences["many"].replace("{n}", str(missing))
    if proposal.state == State.WITHDRAWN:
        return _("Its author has withdrawn this proposal.")
    if proposal.state == State.EXPIRED:
        return _("The period ended with %(n)s of %(needed)s supporters.") % {
            "n": proposal.supports,
            "needed": proposal.policy.support_needed,
        }
    if proposal.reached_at:
        days = days_between(proposal.published_at, proposal.reached_at)
        return ngettext(
            "It passed %(needed)s supporters in %(days)s day.",
            "It passed %(needed)s supporters in %(days)s days.",
            days,
        ) % {"needed": proposal.policy.support_needed, "days": days}
    return sentences["reached"]


def due_day(proposal: Proposal) -> datetime | None:
    """The last moment inside the answer's period, in local time."""
    return last_day(proposal.due_at) if proposal.due_at else None


def _shortened(text: str) -> str:
    """Whole words; no ellipsis inside a word."""
    if len(text) <= SUMMARY:
        return text
    return text[:SUMMARY].rsplit(" ", 1)[0] + "…"
