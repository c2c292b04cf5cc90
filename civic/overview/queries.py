"""What do the front door and the desk show of all proposals? A few queries, constant in number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from civic.clocks.deadlines import SEOUL
from civic.people.models import Route
from civic.people.queries import with_one_of
from civic.proposals.models import Proposal
from civic.proposals.shown import Row, SupportPanel, row, support_panel
from civic.proposals.states import ANSWERED, State

SHOWN = 3  # rows in each section of the home page


@dataclass(frozen=True)
class Told:
    """One proposal on the front door: what its support starts, and who answered where somebody has."""

    row: Row
    support: SupportPanel
    office: str
    official: str


@dataclass(frozen=True)
class Sections:
    """`nearly`: about to reach their threshold. `turn`: the district's turn, late first. `decided`: what came of it."""

    nearly: list[Told]
    turn: list[Told]
    decided: list[Told]


@dataclass(frozen=True)
class Numbers:
    """Open and waiting proposals, the late ones among the waiting, and days to an answer on average this year."""

    open: int
    waiting: int
    late: int
    average_days: float | None


def sections(at: datetime) -> Sections:
    """All rows of the home page with place, policy and answer: one query."""
    chosen = Q(pk__in=_nearly(at)) | Q(pk__in=_waiting()) | Q(pk__in=_answered())
    rows = Proposal.objects.filter(chosen).select_related("dong", "policy", "answer", "thread")
    found = list(rows)
    nearly = sorted((p for p in found if p.state == State.OPEN), key=lambda p: (_missing(p), p.closes_at))
    waiting = sorted((p for p in found if p.state == State.DEPT_REVIEW), key=_due)
    answered = sorted((p for p in found if p.state in ANSWERED), key=_decided, reverse=True)
    turn = (waiting + answered)[:SHOWN]
    decided = [proposal for proposal in answered if proposal not in turn][:SHOWN]
    return Sections(*([_told(proposal, at) for proposal in part] for part in (nearly, turn, decided)))


def numbers(at: datetime, counts: Mapping[str, int]) -> Numbers:
    """The figures of the home page, from `chain.queries.index_counts` and one query over late and decided ones only."""
    midnight = at.astimezone(SEOUL).replace(hour=0, minute=0, second=0, microsecond=0)
    late = Q(state=State.DEPT_REVIEW, due_at__lte=at)
    this_year = Q(decided_at__gte=midnight.replace(month=1, day=1))
    found = Proposal.objects.filter(late | this_year).aggregate(late=Count("pk", filter=late), took=_took(midnight))
    return Numbers(
        open=counts.get(f"proposal:{State.OPEN}", 0),
        waiting=counts.get(f"proposal:{State.DEPT_REVIEW}", 0),
        late=found["late"],
        average_days=_days(found["took"]),
    )


@dataclass(frozen=True)
class Clocks:
    """Answers of some districts: late now, due today, due this week (today among them), days on average this year."""

    late: int
    today: int
    week: int
    waiting: int
    average_days: float | None


def clocks(at: datetime, districts: frozenset[str], departments: frozenset[str] = frozenset()) -> Clocks:
    """The figures on top of an official's desk: one query. A day and a week (from Monday) are local ones.

    `departments`, by their codes, narrow them to what is with one of these or with an office below it.
    """
    midnight = at.astimezone(SEOUL).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow, monday = midnight + timedelta(days=1), midnight + timedelta(days=7 - midnight.weekday())
    waiting = Q(state=State.DEPT_REVIEW)
    counted: dict[str, Any] = Proposal.objects.filter(with_one_of(departments), district__in=districts).aggregate(
        late=Count("pk", filter=waiting & Q(due_at__lte=at)),
        today=Count("pk", filter=waiting & Q(due_at__gt=at, due_at__lte=tomorrow)),
        week=Count("pk", filter=waiting & Q(due_at__gt=at, due_at__lte=monday)),
        waiting=Count("pk", filter=waiting),
        took=_took(midnight),
    )
    return Clocks(average_days=_days(counted.pop("took")), **counted)


def waiting_in(districts: frozenset[str], limit: int, departments: frozenset[str] = frozenset()) -> QuerySet[Proposal]:
    """Proposals that wait for an answer of these districts, the nearest deadline first, late ones before all."""
    waiting = Proposal.objects.filter(with_one_of(departments), state=State.DEPT_REVIEW)
    return _listed(waiting, districts).order_by("due_at")[:limit]


def arriving_in(
    districts: frozenset[str], at: datetime, limit: int, departments: frozenset[str] = frozenset()
) -> QuerySet[Proposal]:
    """Open proposals with four fifths of their supporters: the desk's next turn, where their category is brought to."""
    nearly = Q(supports__gte=F("policy__support_needed") * 4 / 5)
    if departments:
        routes = Route.objects.filter(with_one_of(departments), kind=Route.Kind.PROPOSAL)
        nearly &= Q(category__in=routes.values("category"))
    open_now = Proposal.objects.filter(nearly, state=State.OPEN, closes_at__gt=at)
    return _listed(open_now, districts).order_by("closes_at")[:limit]


def nearest(at: datetime, district: str = "") -> QuerySet[Proposal]:
    """Open proposals of a district, or of all, the one that misses the fewest supporters first."""
    open_now = Proposal.objects.filter(state=State.OPEN, closes_at__gt=at)
    if district:
        open_now = open_now.filter(district=district)
    ordered = open_now.order_by(F("policy__support_needed") - F("supports"), "closes_at")
    return ordered.select_related("dong", "policy", "answer", "thread")


def _listed(rows: QuerySet[Proposal], districts: frozenset[str]) -> QuerySet[Proposal]:
    return rows.filter(district__in=districts).select_related("dong", "policy", "answer", "thread")


def _took(midnight: datetime) -> Avg:
    """Time from threshold to answer, over this year's answers."""
    return Avg(
        ExpressionWrapper(F("decided_at") - F("reached_at"), DurationField()),
        filter=Q(decided_at__gte=midnight.replace(month=1, day=1)),
    )


def _days(took: timedelta | None) -> float | None:
    return took / timedelta(days=1) if took is not None else None


def _nearly(at: datetime) -> QuerySet[Proposal, Any]:
    return nearest(at).values("pk")[:SHOWN]


def _waiting() -> QuerySet[Proposal, Any]:
    return Proposal.objects.filter(state=State.DEPT_REVIEW).order_by("due_at").values("pk")[:SHOWN]


def _answered() -> QuerySet[Proposal, Any]:
    """Enough for both sections that show answers."""
    return Proposal.objects.filter(state__in=ANSWERED).order_by("-decided_at").values("pk")[: 2 * SHOWN]


def _missing(proposal: Proposal) -> int:
    return proposal.policy.support_needed - proposal.supports


def _due(proposal: Proposal) -> datetime:
    assert proposal.due_at is not None  # a check constraint holds it in review
    return proposal.due_at


def _decided(proposal: Proposal) -> datetime:
    assert proposal.decided_at is not None  # every answer sets it
    return proposal.decided_at


def _told(proposal: Proposal, at: datetime) -> Told:
    answer = getattr(proposal, "answer", None)
    return Told(
        row(proposal, at=at),
        support_panel(proposal, AnonymousUser(), at=at, supported=False),
        answer.office if answer else "",
        answer.official_name if answer else "",
    )
