"""Pages across everything: who is late, and which rules hold."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from civic.chain.line import LABELS
from civic.chain.queries import index_line_for
from civic.clocks.now import database_now
from civic.feed.pages import goes_on_live
from civic.people.levels import NAMES
from civic.people.roles import ROLES
from civic.places.menus import district_choices
from civic.policies.queries import policies_in_force
from civic.policies.voters import ACTS, VOTERS
from civic.proposals.queries import answer_record, overdue
from civic.proposals.shown import row

from .places import PLACES

PER_PAGE = 30  # late answers on one page


@require_safe
@goes_on_live
def overdue_list(request: HttpRequest) -> HttpResponse:
    """Answers of a district, or of all, that are late, the latest first, beside this year's record."""
    at = database_now()
    district, choices = district_choices(request.GET.get("district", ""))
    code = district.code if district else ""
    record = answer_record(at, code)
    page = Paginator(overdue(at, code), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "pager_query": f"district={code}" if code else "",
        "rows": [row(proposal, at=at) for proposal in page],
        "district": district,
        "districts": choices,
        "answer_record": record,
        "now": at,
        "line": index_line_for(lit="answer", district=code),
    }
    return render(request, "overview/overdue.html", context)


@require_safe
@goes_on_live
def policy(request: HttpRequest) -> HttpResponse:
    """The figures each district promises, who may vote there, what each place of the chain is, and who may do what."""
    at = database_now()
    places = [(code, label, PLACES[code]) for code, label in LABELS.items()]
    policies = policies_in_force(at)
    context = {
        "policies": policies,
        "acts": ACTS.values(),
        "levels": [
            (policy, [(act, NAMES[getattr(policy, name)]) for name, act in ACTS.items()]) for policy in policies
        ],
        "voters": [(policy, VOTERS[policy.vote_level]) for policy in policies],
        "places": places,
        "roles": ROLES.values(),
        "now": at,
        "line": index_line_for(),
    }
    return render(request, "overview/policy.html", context)
