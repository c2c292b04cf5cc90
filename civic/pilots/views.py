"""Pilots as pages: all of them, and one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from civic.chain.queries import index_line_for
from civic.chain.way import way_of
from civic.clocks.now import database_now
from civic.feed.pages import goes_on_live
from civic.places.queries import known_dongs
from civic.texts import paragraphs

from . import queries
from .marks import marks
from .menus import menus
from .rules import why_not_work
from .series import series
from .shown import row, rule, stretch
from .states import Stage, Verdict

MOST = 200  # pilots on the list: a district runs a handful


@require_safe
@goes_on_live
def pilot_list(request: HttpRequest) -> HttpResponse:
    """Every pilot with its stage and its first indicator: seven queries, however many there are."""
    at = database_now()
    district, stage = request.GET.get("district", ""), request.GET.get("stage", "")
    district = district if district in {dong.district_id for dong in known_dongs().values()} else ""
    stage = stage if stage in Stage.values else ""
    found = queries.pilots(district=district, stage=stage)[:MOST]
    context = {
        "rows": [row(pilot, at=at) for pilot in found],
        "stage": stage,
        "now": at,
        "line": index_line_for(lit="pilot"),
        **menus(district, stage),
    }
    return render(request, "pilots/list.html", context)


@require_safe
@goes_on_live
def pilot_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One pilot: its indicators, its rule, its lamps as they are now, each step with its reason."""
    pilot = queries.find(slug)
    if pilot is None:
        raise Http404
    at = database_now()
    devices = list(queries.lamps_of(pilot))
    steps = queries.steps_of(pilot)
    decided = next((step for step in reversed(steps) if step.stage in Verdict.values), None)
    way = way_of(pilot.key, marks(pilot, devices=len(devices)))
    told = [series(kpi) for kpi in pilot.kpis.all()]
    context = {
        "pilot": pilot,
        "row": row(pilot, at=at, lamps=len(devices)),
        "summary": paragraphs(pilot.summary),
        "main": told[0] if told else None,
        "others": told[1:],
        "missing": sum(not one.reached for one in told),
        "rule": rule(pilot, decided, at=at),
        "decided": decided,
        "reason": paragraphs(decided.reason) if decided else "",
        "steps": [(step, Stage(step.stage).label, paragraphs(step.reason)) for step in steps],
        "lamps": stretch(devices, queries.open_faults_of(devices)),
        "way": way,
        "line": way.line,
        "now": at,
        "may_work": why_not_work(request.user, pilot.proposal.scope) is None,
    }
    return render(request, "pilots/detail.html", context)
