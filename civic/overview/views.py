"""Pages across everything: who is late, and which rules hold."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from civic.chain.line import LABELS
from civic.chain.queries import index_line_for
from civic.clocks.now import database_now
from civic.feed.pages import goes_on_live
from civic.people.levels import CHECKED, CONFIRMED, PROVEN
from civic.people.roles import ROLES
from civic.policies.queries import policies_in_force
from civic.proposals.queries import answer_record, overdue
from civic.proposals.shown import row

from .places import PLACES

VOTERS: dict[int, str | Promise] = {
    CONFIRMED: _("Everyone who has an account with a confirmed e-mail address may vote, with one ballot each."),
    CHECKED: _(
        "Everyone whom the district has checked once, at a counter or by letter, may vote, with one ballot each."
    ),
    PROVEN: _("Everyone whom an identity provider has verified may vote, with one ballot each."),
}


@require_safe
@goes_on_live
def overdue_list(request: HttpRequest) -> HttpResponse:
    """Answers that are late, the latest first, beside this year's record."""
    at = database_now()
    record = answer_record(at)
    rows = [row(proposal, at=at) for proposal in overdue(at)]
    context = {
        "rows": rows,
        "answer_record": record,
        "now": at,
        "line": index_line_for(lit="answer", late=record["waiting_late"]),
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
        "voters": [(policy, VOTERS[policy.vote_level]) for policy in policies],
        "places": places,
        "roles": ROLES.values(),
        "now": at,
        "line": index_line_for(),
    }
    return render(request, "overview/policy.html", context)
