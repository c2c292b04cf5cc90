"""What stands open in one district? Figures, what is nearly there or late, faults, votes, pilots, and its offices."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.urls import reverse

from civic.chain.line import index_line
from civic.chain.queries import index_counts, index_facts, paths
from civic.clocks.deadlines import SEOUL, days_left
from civic.faults.listing import AT_HAND
from civic.faults.models import Fault
from civic.people.queries import tree_of
from civic.pilots.queries import pilots
from civic.pilots.shown import row as pilot_row
from civic.pilots.states import ENDED, Stage
from civic.places.models import District, Dong
from civic.places.queries import known_districts, known_dongs
from civic.proposals.models import Proposal
from civic.proposals.shown import Row, row
from civic.proposals.states import State
from civic.voting.queries import rounds
from civic.voting.shown import row as round_row
from civic.voting.states import State as RoundState

from .departments import line_of
from .queries import Numbers, clocks, nearest

SHOWN = 5  # rows of a section; the lists hold the rest


@dataclass(frozen=True)
class Late:
    """A proposal that was not answered in time, whether it still waits or not, and by how many days."""

    row: Row
    days: int


@dataclass(frozen=True)
class DongFaults:
    """One dong with faults somebody still has to do something about; no dong where nobody knows it."""

    dong: Dong | None
    faults: int
    list: str
    map: str


def shown_of(district: District, *, at: datetime) -> dict[str, Any]:
    """All that the page of a district counts from the records: twelve queries, however many there are."""
    counts = index_counts(district.code)
    clock = clocks(at, frozenset({district.code}))
    open_now = counts.get(f"proposal:{State.OPEN}", 0)
    faults = faults_in(district)
    under_way = pilots(district=district.code).exclude(stage__in=(Stage.PLANNED, *ENDED))
    return {
        "district": district,
        "places": known_districts(),
        "now": at,
        "numbers": Numbers(open_now, clock.waiting, clock.late, clock.average_days),
        "nearly": [row(proposal, at=at) for proposal in nearest(at, district.code)[:SHOWN]],
        "late": late_in(district, at=at),
        "faults": faults,
        "at_hand": sum(one.faults for one in faults),
        "rounds": [round_row(one, at=at) for one in rounds(district.code).filter(state=RoundState.OPEN)[:SHOWN]],
        "pilots": [pilot_row(pilot, at=at) for pilot in under_way[:SHOWN]],
        "offices": [line_of(unit) for unit in tree_of([district.code])],
        "line": index_line(index_facts(counts), paths=paths()),
    }


def late_in(district: District, *, at: datetime) -> list[Late]:
    """Those who still wait first, the latest of them in front; then this year's answers that came late: one query."""
    year = at.astimezone(SEOUL).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    waits = Q(state=State.DEPT_REVIEW, due_at__lte=at)
    came = Q(decided_at__gte=year) & Q(decided_at__gte=F("due_at"))
    found = Proposal.objects.filter(waits | came, district=district)
    ordered = found.order_by(F("decided_at").desc(nulls_first=True), "due_at")
    rows = ordered.select_related("dong", "policy", "answer", "thread")[:SHOWN]
    return [Late(row(one, at=at), -days_left(one.due_at, one.decided_at or at)) for one in rows if one.due_at]


def faults_in(district: District) -> list[DongFaults]:
    """Dongs with faults at hand, the most first: one query."""
    rows = Fault.objects.filter(district=district, state__in=AT_HAND).values_list("dong").annotate(n=Count("pk"))
    return [_at(district, code, number) for code, number in rows.order_by("-n", "dong")]


def _at(district: District, code: str | None, number: int) -> DongFaults:
    query = urlencode({"dong": code} if code else {"district": district.code})
    dong = known_dongs().get(code) if code else None
    return DongFaults(dong, number, f"{reverse('fault-list')}?{query}", f"{reverse('live-map')}?{query}")
