"""Which offices answer here? The tree of each district, and each office with what it gets, promises and answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from civic.chain.queries import index_line_for
from civic.clocks.deadlines import SEOUL
from civic.clocks.now import database_now
from civic.faults.models import Category as FaultCategory
from civic.faults.models import Fault
from civic.faults.states import OPEN
from civic.feed.pages import goes_on_live
from civic.people.models import Department, Route
from civic.people.queries import Unit, chain_of, find_department, tree_of, with_one_of
from civic.places.models import District
from civic.places.queries import districts
from civic.policies.queries import promise_at
from civic.proposals.models import Category, Proposal
from civic.proposals.shown import Row, row
from civic.proposals.states import ANSWERED, State

SHOWN = 10  # answers on the page of a department


@dataclass(frozen=True)
class Tree:
    """A district with its departments."""

    district: District
    units: list["Line"]


@dataclass(frozen=True)
class Line:
    """One department of the tree, and in words what is brought to it."""

    department: Department
    depth: int
    proposals: Sequence[str | Promise]
    faults: Sequence[str | Promise]


@dataclass(frozen=True)
class Record:
    """What waits at a department and below it, and what was answered there this year."""

    waiting: int
    late: int
    answered: int
    in_time: int
    faults: int
    faults_late: int


@require_safe
@goes_on_live
def department_list(request: HttpRequest) -> HttpResponse:
    """Every office with its telephone and what is brought to it: the same few queries however many there are."""
    asked = request.GET.get("district", "")
    places = districts()
    shown = [place for place in places if place.code == asked] or places
    lines = [line_of(unit) for unit in tree_of(place.code for place in shown)]
    trees = [Tree(place, [one for one in lines if one.department.district_id == place.code]) for place in shown]
    context = {
        "trees": trees,
        "places": places,
        "district": shown[0] if len(shown) < len(places) else None,
        "line": index_line_for(lit="answer", district=asked if len(shown) < len(places) else ""),
    }
    return render(request, "overview/departments.html", context)


@require_safe
@goes_on_live
def department_page(request: HttpRequest, code: str) -> HttpResponse:
    """One office: its telephone, its work, its promises, what waits there and what it answered last."""
    department = find_department(code)
    if department is None:
        raise Http404
    at = database_now()
    chain = chain_of(department)
    below = [unit for unit in tree_of([department.district_id]) if unit.department.code.startswith(f"{code}.")]
    own = tuple(Route.objects.filter(department=department).order_by("kind", "pk"))
    context = {
        "department": department,
        "above": chain[:-1],
        "gets": line_of(Unit(department, 0, own)),
        "below": [line_of(unit) for unit in below],
        "depth": len(chain),
        "promise": promise_at(department.district_id, at),
        "record": record_of(department, at),
        "answers": answers_of(department, at),
        "line": index_line_for(lit="answer", district=department.district_id),
    }
    return render(request, "overview/department.html", context)


def line_of(unit: Unit) -> Line:
    """What is brought to it, in the words of the forms."""
    asked = {kind: {route.category for route in unit.routes if route.kind == kind} for kind in Route.Kind.values}
    proposals = [one.label for one in Category if one.value in asked[Route.Kind.PROPOSAL]]
    faults = [one.label for one in FaultCategory if one.value in asked[Route.Kind.FAULT]]
    return Line(unit.department, unit.depth, proposals, faults)


def record_of(department: Department, at: datetime) -> Record:
    """Two queries, those below counted in; the year is a local one, and an answer counts for who gave it."""
    year = at.astimezone(SEOUL).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    waits, answered = Q(state=State.DEPT_REVIEW), Q(decided_at__gte=year)
    counted = Proposal.objects.filter(with_one_of([department.code])).aggregate(
        waiting=Count("pk", filter=waits),
        late=Count("pk", filter=waits & Q(due_at__lte=at)),
        answered=Count("pk", filter=answered),
        in_time=Count("pk", filter=answered & Q(decided_at__lt=F("due_at"))),
    )
    open_now = Fault.objects.filter(with_one_of([department.code]), state__in=OPEN)
    faults = open_now.aggregate(faults=Count("pk"), faults_late=Count("pk", filter=Q(due_at__lt=at)))
    return Record(**counted, **faults)


def answers_of(department: Department, at: datetime) -> list[Row]:
    """Its last answers, the newest first: one query."""
    rows = Proposal.objects.filter(with_one_of([department.code]), state__in=ANSWERED, decided_at__isnull=False)
    found = rows.select_related("dong", "policy", "answer", "thread").order_by("-decided_at", "-pk")
    return [row(proposal, at=at) for proposal in found[:SHOWN]]
