"""Which proposals are there, how many of each, and who is late?"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.db.models import Case, Count, F, Q, QuerySet, When

from civic.clocks.deadlines import SEOUL
from civic.people.models import Person
from civic.places.queries import known_dongs

from .models import Proposal, Support, Transfer
from .states import State

CODE = re.compile(r"P-\d{4}-\d{6,}", re.ASCII)
_RELATED = """
    SELECT code, title FROM civic_proposal WHERE district_id = %s AND category = %s AND id <> %s
    ORDER BY CASE WHEN dong_id = %s THEN 0 ELSE 1 END, moved_at DESC LIMIT %s"""
SORTS = {"moved": ("-moved_at", "-id"), "deadline": ("next_deadline", "id"), "supports": ("-supports", "-id")}


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; empty means everything."""

    district: str = ""
    dong: str = ""
    state: str = ""
    category: str = ""
    tag: str = ""
    q: str = ""
    sort: str = "moved"


@dataclass
class Counts:
    """How many proposals fit, by state and by dong: each ignores its own filter, as a reader expects of a menu."""

    states: Counter[str] = field(default_factory=Counter)
    dongs: Counter[str] = field(default_factory=Counter)
    total: int = 0


class Related(NamedTuple):
    """Another proposal, as a link names it."""

    code: str
    title: str


def proposals(filters: Filters) -> QuerySet[Proposal]:
    """The rows of a list, sorted, with policy and answer: one query when read. Places are known (`all_dongs`)."""
    rows = _narrowed(filters)
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.dong:
        rows = rows.filter(dong_id=filters.dong)
    if filters.sort == "deadline":
        rows = rows.annotate(next_deadline=_next_deadline()).filter(next_deadline__isnull=False)
    order = SORTS.get(filters.sort, SORTS["moved"])
    found: QuerySet[Proposal] = rows.select_related("policy", "answer", "thread").order_by(*order)
    return found


def counts(filters: Filters) -> Counts:
    """Counts for the filter menus and the pager: one query whatever the number of proposals."""
    found = Counts()
    for state, dong, count in _narrowed(filters).values_list("state", "dong_id").annotate(count=Count("pk")):
        if not filters.dong or dong == filters.dong:
            found.states[state] += count
        if not filters.state or state == filters.state:
            found.dongs[dong] += count
            if not filters.dong or dong == filters.dong:
                found.total += count
    return found


def find(code: str) -> Proposal | None:
    """One proposal with what its page shows; None for what is no number of a proposal."""
    if not CODE.fullmatch(code):
        return None
    parts = ("policy", "author", "answer", "thread", "department")
    found = Proposal.objects.select_related(*parts).filter(code=code).first()
    if found and (place := known_dongs().get(found.dong_id)):
        found.dong, found.district = place, place.district  # known to the process: two joins less
    return found


def find_bare(code: str) -> Proposal | None:
    """One proposal to act upon: its keys only, because the action reads the row again under its lock."""
    if not CODE.fullmatch(code):
        return None
    return Proposal.objects.only("id", "code").filter(code=code).first()


def supported_by(person: Person, rows: Iterable[Proposal]) -> set[int]:
    """Ids of those among `rows` that the person supports."""
    return set(Support.objects.filter(person=person, proposal__in=list(rows)).values_list("proposal_id", flat=True))


def transfers_of(proposal: Proposal) -> list[Transfer]:
    """How it was handed on, the first time first; no question for one that never was."""
    if not proposal.transfers:
        return []
    return list(proposal.transfer_rows.select_related("before", "to").order_by("at", "id"))


def related(proposal: Proposal, limit: int = 3) -> list[Related]:
    """The same category nearby: first the same dong, then the district. By hand: building it cost most of it."""
    with connection.cursor() as cursor:
        cursor.execute(_RELATED, [proposal.district_id, proposal.category, proposal.pk, proposal.dong_id, limit])
        return [Related(*row) for row in cursor.fetchall()]


def supported_while_open(person: Person, *, at: datetime) -> list[Proposal]:
    """Proposals that the person supports and that still take support."""
    rows = Proposal.objects.filter(support_rows__person=person, closes_at__gt=at)
    return list(rows.filter(state__in=[State.OPEN, State.DEPT_REVIEW]).order_by("pk"))


def with_words_of(person: Person) -> list[Proposal]:
    """Proposals that still hold the words of this author."""
    return list(Proposal.objects.filter(author=person).exclude(problem="").order_by("pk"))


def overdue(at: datetime, district: str = "") -> QuerySet[Proposal]:
    """Proposals whose answer is late at `at`, the latest first."""
    rows = Proposal.objects.filter(state=State.DEPT_REVIEW, due_at__lte=at)
    if district:
        rows = rows.filter(district=district)
    return rows.select_related("dong", "district", "policy", "thread", "answer").order_by("due_at", "pk")


def ran_out(at: datetime) -> QuerySet[Proposal]:
    """Open proposals whose window has closed."""
    return Proposal.objects.filter(state=State.OPEN, closes_at__lte=at).order_by("closes_at")


def answer_record(at: datetime, district: str = "") -> dict[str, int]:
    """This year's answers: `answered`, `in_time`, `late` among them, and `waiting_late` now. One query."""
    rows = Proposal.objects.filter(district=district) if district else Proposal.objects.all()
    local = at.astimezone(SEOUL)
    year = Q(decided_at__gte=local.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0))
    record: dict[str, int] = rows.filter(due_at__isnull=False).aggregate(
        answered=Count("pk", filter=year),
        in_time=Count("pk", filter=year & Q(decided_at__lt=F("due_at"))),
        late=Count("pk", filter=year & Q(decided_at__gte=F("due_at"))),
        waiting_late=Count("pk", filter=Q(state=State.DEPT_REVIEW, due_at__lte=at)),
    )
    return record


def recent_record(at: datetime, district: str = "") -> dict[str, int]:
    """`answer_record` as lists quote it beside their rows: each process counts the year once a minute."""
    return _record_in(int(at.timestamp() // 60), district)


@lru_cache(maxsize=64)
def _record_in(minute: int, district: str) -> dict[str, int]:
    return answer_record(datetime.fromtimestamp(minute * 60, UTC), district)


def _narrowed(filters: Filters) -> QuerySet[Proposal]:
    rows = Proposal.objects.all()
    if filters.district:
        rows = rows.filter(district=filters.district)
    if filters.category:
        rows = rows.filter(category=filters.category)
    if filters.tag:
        rows = rows.filter(tag_uses__tag__name=filters.tag)
    if filters.q:
        rows = rows.filter(Q(title__icontains=filters.q) | Q(problem__icontains=filters.q))
    return rows


def _next_deadline() -> Case:
    return Case(
        When(state=State.OPEN, then=F("closes_at")),
        When(state=State.DEPT_REVIEW, then=F("due_at")),
        default=None,
    )
