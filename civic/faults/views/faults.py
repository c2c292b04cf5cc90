"""Faults as pages: all of them, and one with everything that was done about it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from civic.chain.queries import index_line_for
from civic.chain.way import way_of
from civic.clocks.now import database_now
from civic.faults import listing, queries, shown
from civic.faults.acts import open_to
from civic.faults.marks import marks
from civic.faults.menus import as_query, filters_from, menus
from civic.faults.models import Fault
from civic.faults.surroundings import around
from civic.feed.pages import goes_on_live
from civic.photos.queries import photos_of

PER_PAGE = 20
LAMPS = 60  # of a cabinet, named on its fault's page


@require_safe
@goes_on_live
def fault_list(request: HttpRequest) -> HttpResponse:
    """A page of faults with its filters; at most 10 queries signed out, however many faults there are."""
    at = database_now()
    filters = filters_from(request.GET)
    counts = listing.counted(filters)
    clocks = listing.simulated()
    paginator = Paginator(listing.listed(filters, clocks, at=at), PER_PAGE)
    paginator.count = counts.total  # counted already with the menus
    page = paginator.get_page(request.GET.get("page"))
    dark, played = listing.dark_with(page.object_list), listing.clocks_of(clocks)
    context = {
        "page": page,
        "rows": [shown.row(fault, at=at, played=played, dark=dark.get(fault.pk, 0)) for fault in page.object_list],
        "pager_query": as_query(filters),
        "filters": filters,
        "counts": counts,
        "now": at,
        "line": index_line_for(lit="live", district=filters.district),
        "footer_ground": "night",
        **menus(filters, counts),
    }
    return render(request, "faults/list.html", context)


@require_safe
@goes_on_live
def fault_page(request: HttpRequest, code: str) -> HttpResponse:
    """One fault: what, where, since when, what was done, by which office, and how long it took."""
    fault = found(code)
    at = database_now()
    return render(request, "faults/fault.html", page_of(fault, at=at) | {"acts": open_to(request.user, fault, at)})


def found(code: str) -> Fault:
    """The fault with this number, or no such page."""
    fault = queries.find(code)
    if fault is None:
        raise Http404
    return fault


def page_of(fault: Fault, *, at: Any) -> dict[str, Any]:
    """Everything public that a page shows of a fault."""
    dark = listing.dark_with([fault]).get(fault.pk, 0)
    view = shown.row(fault, at=at, played=listing.played_clocks(), dark=dark)
    way = way_of(fault.key, marks(fault))
    return {
        "view": view,
        "fault": fault,
        "stages": shown.stages(fault, view.now),
        "outlook": shown.outlook(fault, view.now),
        "steps": [shown.step_row(step, fault, now=view.now) for step in queries.steps_of(fault)],
        "photos": [photo for photo in photos_of(fault.key) if photo.public],
        "lamps": list(fault.affected.order_by("tag").values_list("tag", "name")[:LAMPS]) if dark else [],
        "around": around(fault.device) if fault.device else None,
        "way": way,
        "line": way.line,
        "district": fault.district,
        "footer_ground": "night",
    }
