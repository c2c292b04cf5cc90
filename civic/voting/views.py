"""Votes as pages: all of them, one with its ballot, its result."""

import csv
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from civic.chain.queries import index_line_for
from civic.chain.way import Way, way_of
from civic.clocks.now import database_now
from civic.feed.pages import goes_on_live
from civic.limits.edge import insist_within
from civic.people.models import Person
from civic.places.menus import district_choices
from civic.policies.voters import VOTERS
from civic.refusals import Refusal, Refused

from . import queries, rules, shown
from .actions import cast_ballot
from .forms import BallotForm
from .marks import marks
from .models import Option, Round
from .states import State

PER_PAGE = 20


@require_safe
@goes_on_live
def vote_list(request: HttpRequest) -> HttpResponse:
    """Announced votes of a district, or of all, the last to close first; at most 8 queries signed out."""
    at = database_now()
    district, choices = district_choices(request.GET.get("district", ""))
    code = district.code if district else ""
    page = Paginator(queries.rounds(code), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "pager_query": f"district={code}" if code else "",
        "rows": [shown.row(round, at=at) for round in page.object_list],
        "district": district,
        "districts": choices,
        "line": index_line_for(lit="vote"),
        "now": at,
    }
    return render(request, "voting/list.html", context)


@require_safe
@goes_on_live
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """One vote: what can be chosen and, for whoever may vote, the ballot with the choices of before."""
    round = _found(slug)
    own = queries.own_ballot(request.user, round) if isinstance(request.user, Person) else None
    form = BallotForm(options=_options(request, round), initial={"choices": own.choices if own else []})
    return _page(request, round, form)


@require_http_methods(["GET", "POST"])
@goes_on_live
def vote_ballot(request: HttpRequest, slug: str) -> HttpResponse:
    """Look at the ballot once more, then cast it. What was picked is never lost on the way."""
    round = _found(slug)
    if request.method == "GET":
        if request.user.is_authenticated:
            return redirect("vote", slug)
        return redirect_to_login(request.get_full_path())
    form = BallotForm(request.POST, options=_options(request, round))
    at = database_now()
    if refusal := rules.why_not_vote(request.user, round, at=at):
        form.refuse(refusal)  # the picks stay on the page: sign in elsewhere, send again
        return _page(request, round, form, refusal)
    if refusal := _unfit(round, form):
        form.refuse(refusal)
        return _page(request, round, form, refusal)
    if "cast" not in request.POST:
        return _page(request, round, form) if "edit" in request.POST else _review(request, round, form)
    return _cast(request, round, form)


@require_safe
@goes_on_live
def vote_result(request: HttpRequest, slug: str) -> HttpResponse:
    """The result once it is published; before that, when there will be one."""
    round = _found(slug)
    published = round.state == State.PUBLISHED
    lines = shown.lines(round.options.all(), round.turnout) if published else []
    way = _way(round)
    context = {
        "round": round,
        "row": shown.row(round, at=database_now()),
        "lines": lines,
        "headline": shown.headline(round, lines) if published else "",
        "tied": [line for line in lines if line.tied],
        "chosen": [line for line in lines if line.chosen],
        "costs": any(line.cost for line in lines),
        "held": round.quorum is None or round.turnout >= round.quorum,
        "listed": round.turnout >= shown.LIST_FROM,
        "least": shown.LIST_FROM,
        "took_part": _took_part(request, round),
        "line": way.line,
        "way": way,
    }
    return render(request, "voting/result.html", context)


@require_safe
def vote_ballots(request: HttpRequest, slug: str) -> HttpResponse:
    """Every ballot by its tracker, as numbers of options; only of a published result, and not of a handful."""
    round = _found(slug)
    if round.state != State.PUBLISHED or round.turnout < shown.LIST_FROM:
        raise Http404
    numbers = {option.pk: option.number for option in round.options.all()}
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{round.slug}.csv"'
    answer.write("\ufeff")  # spreadsheets take the file as UTF-8 only so
    rows = csv.writer(answer)
    rows.writerow(["tracker", "options"])
    for ballot in queries.urn(round):
        rows.writerow([ballot.tracker, " ".join(str(numbers[pk]) for pk in ballot.choices)])
    return answer


def ballot_again(request: HttpRequest, slug: str) -> HttpResponse:
    """The ballot as it was sent, with a fresh token: for a page that was open while its reader signed in elsewhere."""
    round = _found(slug)
    form = BallotForm(request.POST, options=_options(request, round))
    stale = _("This page had been open for long, or you signed in meanwhile. Your picks are here: send them once more.")
    refusal = Refusal("csrf", stale, 403)
    form.refuse(refusal)
    return _page(request, round, form, refusal)


def _found(slug: str) -> Round:
    round = queries.find(slug)
    if round is None:
        raise Http404
    return round


def _options(request: HttpRequest, round: Round) -> list[Option]:
    person = request.user.pk if request.user.is_authenticated else None
    return shown.shuffled(round.options.all(), person, round.slug)


def _unfit(round: Round, form: BallotForm) -> Refusal | None:
    return rules.why_not_choose(round, form.sent(), [option.pk for option in round.options.all()])


def _page(request: HttpRequest, round: Round, form: BallotForm, refusal: Refusal | None = None) -> HttpResponse:
    at = database_now()
    own = queries.own_ballot(request.user, round) if isinstance(request.user, Person) else None
    options, picked = _options(request, round), form.picked()
    way = _way(round)
    why_not = rules.why_not_vote(request.user, round, at=at)
    context = {
        "round": round,
        "row": shown.row(round, at=at),
        "form": form,
        "choices": shown.choices(options, picked),
        "picked": len(picked),
        "segments": [number <= len(picked) for number in range(1, round.max_picks + 1)],
        "cost": shown.won(sum(option.cost or 0 for option in options if option.pk in picked)),
        "own": own,
        "own_choices": shown.choices([o for o in options if own and o.pk in own.choices]),
        "took_part": own is not None or _took_part(request, round),
        "refusal": why_not,
        "who_votes": VOTERS[round.policy.vote_level] if round.policy else "",
        "voting": request.user.is_authenticated and why_not is None or form.is_bound,
        "until": shown.closing(round.closes_at),
        "way": way,
        "line": way.line,
    }
    return render(request, "voting/round.html", context, status=refusal.status if refusal else 200)


def _way(round: Round) -> Way:
    """The way through the round; of several proposals none has the line, and the options name them already."""
    way = way_of(round.key, marks(round))
    if len({option.about for option in round.options.all() if option.about}) < 2:
        return way
    return replace(way, line=index_line_for(lit="vote"), before=())


def _review(request: HttpRequest, round: Round, form: BallotForm) -> HttpResponse:
    options, picked = _options(request, round), form.picked()
    chosen = [option for option in options if option.pk in picked]
    context = {
        "round": round,
        "row": shown.row(round, at=database_now()),
        "choices": shown.choices(chosen, picked),
        "left": round.max_picks - len(picked),
        "cost": shown.won(sum(option.cost or 0 for option in chosen)) if any(o.cost for o in chosen) else "",
        "changed": queries.took_part(request.user, round) if isinstance(request.user, Person) else False,
        "until": shown.closing(round.closes_at),
        "line": _way(round).line,
    }
    return render(request, "voting/review.html", context)


def _cast(request: HttpRequest, round: Round, form: BallotForm) -> HttpResponse:
    by: Any = request.user
    try:
        insist_within(request, "ballot")
        cast_ballot(by=by, round=round, choices=form.picked(), at=database_now())
    except Refused as refused:
        form.refuse(refused.refusal)
        return _page(request, _found(round.slug), form, refused.refusal)
    messages.success(request, _("Your ballot is cast. You can change it until the vote closes."))
    return redirect("vote", round.slug)


def _took_part(request: HttpRequest, round: Round) -> bool:
    return isinstance(request.user, Person) and queries.took_part(request.user, round)
