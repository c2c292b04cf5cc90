"""Proposals as pages: list, one, write, support, answer."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from civic.chain.queries import index_line_for
from civic.chain.way import way_of
from civic.clocks.now import database_now
from civic.feed.pages import goes_on_live
from civic.ledger.receipts import answer_once, fingerprint
from civic.limits.edge import insist_within
from civic.people.levels import badge_of
from civic.people.rules import why_unchecked
from civic.places.queries import find_dong
from civic.policies.queries import policy_at, shared_promise
from civic.proposals import actions, menus, queries, rules
from civic.proposals.forms import STALE, AnswerForm, ProposalForm, add_refusal, give_answer
from civic.proposals.marks import marks
from civic.proposals.models import Proposal
from civic.proposals.shown import due_day, row, support_panel
from civic.proposals.states import State
from civic.refusals import Refusal, Refused, insist
from civic.texts import paragraphs

from .talk import thread_part

PER_PAGE = 10


@require_safe
@goes_on_live
def proposal_list(request: HttpRequest) -> HttpResponse:
    """A page of proposals with its filters; at most 10 queries signed out, 14 signed in."""
    at = database_now()
    filters = menus.filters_from(request.GET)
    counts = queries.counts(filters)
    paginator = Paginator(queries.proposals(filters), PER_PAGE)
    paginator.count = counts.total  # counted already with the menus
    page = paginator.get_page(request.GET.get("page"))
    record = queries.recent_record(at, filters.district)
    context = {
        "page": page,
        "rows": [row(proposal, at=at) for proposal in page.object_list],
        "pager_query": urlencode({k: v for k, v in menus.as_query(filters).items() if v}),
        "filters": filters,
        "total": counts.total,
        "now": at,
        "answer_record": record,
        "promise": shared_promise(at, filters.district),
        "line": index_line_for(lit="support" if filters.state == "open" else "proposal"),
        **menus.menus(filters, counts),
    }
    return render(request, "proposals/list.html", context)


@require_safe
@goes_on_live
def proposal_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One proposal: its words, its supporters' count, its answer, its place in the chain."""
    return _page(request, _found(code))


@require_http_methods(["GET", "POST"])
def proposal_new(request: HttpRequest) -> HttpResponse:
    """Write, look at it once more, publish. What was written is never lost on the way."""
    if request.method == "GET":
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return _form(request, ProposalForm())
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return _form(request, form, 422)
    if refusal := rules.why_not_propose(request.user, policy_at(form.district(), database_now())):
        form.add_error(None, str(refusal.text))  # the words stay on the page: sign in elsewhere, send again
        return _form(request, form, refusal.status)
    if "edit" in request.POST:
        return _form(request, form)
    try:
        return _preview(request, form) if "preview" in request.POST else redirect("proposal", _publish(request, form))
    except Refused as refused:
        add_refusal(form, refused.refusal)
        return _form(request, form, refused.refusal.status)


@require_http_methods(["GET", "POST"])
def proposal_support(request: HttpRequest, code: str) -> HttpResponse:
    """Give one's voice. Who comes back to this address by a link or a reload is led to the proposal."""
    return _voice(request, code, actions.support_proposal, _("Thank you. Your support is counted."))


@require_http_methods(["GET", "POST"])
def proposal_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take one's voice back."""
    return _voice(request, code, actions.withdraw_support, _("Your support is taken back."))


@require_http_methods(["GET", "POST"])
@goes_on_live
def proposal_answer(request: HttpRequest, code: str) -> HttpResponse:
    """The district's yes or no, by an official."""
    proposal = _found(code)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    refusal = rules.why_not_answer(request.user, proposal)
    if refusal:
        return _page(request, proposal, refusal)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            insist_within(request, "office")
            give_answer(request.user, proposal, form.cleaned_data, at=database_now())
        except Refused as refused:
            add_refusal(form, refused.refusal)
        else:
            messages.success(request, _("The answer is published. Everyone concerned is told."))
            return redirect("proposal", proposal.code)
    return _answer_form(request, proposal, form, 422 if form.is_bound else 200)


def _answer_form(request: HttpRequest, proposal: Proposal, form: AnswerForm, status: int) -> HttpResponse:
    context = {"form": form, "proposal": proposal, "row": row(proposal, at=database_now()), "due": due_day(proposal)}
    return render(request, "proposals/answer.html", context, status=status)


def proposal_again(request: HttpRequest) -> HttpResponse:
    """The form as it was sent, with a fresh token: for a page that was open while its reader signed in elsewhere."""
    form = ProposalForm(request.POST)
    form.add_error(None, STALE)
    return _form(request, form, 403)


def answer_again(request: HttpRequest, code: str) -> HttpResponse:
    """The same for the answer of an official."""
    form = AnswerForm(request.POST)
    form.add_error(None, STALE)
    return _answer_form(request, _found(code), form, 403)


def _found(code: str) -> Proposal:
    proposal = queries.find(code)
    if proposal is None:
        raise Http404
    return proposal


def _page(request: HttpRequest, proposal: Proposal, refusal: Refusal | None = None) -> HttpResponse:
    at = database_now()
    visitor = request.user
    supported = visitor.is_authenticated and bool(queries.supported_by(visitor, [proposal]))
    panel = support_panel(proposal, visitor, at=at, supported=supported)
    shown = row(proposal, at=at)
    way = way_of(proposal.key, marks(proposal))
    in_review = proposal.state == State.DEPT_REVIEW  # only then is it worth a query who may answer
    context = {
        "proposal": proposal,
        "row": shown,
        "problem": paragraphs(proposal.problem),
        "solution": paragraphs(proposal.solution),
        "expected_effect": paragraphs(proposal.expected_effect),
        "author_level": badge_of(proposal.author.level) if proposal.author else "",
        "tags": [tag.name for tag in proposal.tags.all()],
        "answer": getattr(proposal, "answer", None),
        "reason": paragraphs(proposal.answer.reason) if hasattr(proposal, "answer") else "",
        "support": replace(panel, refusal=refusal.text) if refusal else panel,
        "due": due_day(proposal),
        "line": way.line,
        "way": way,
        "related": queries.related(proposal),
        "thread": thread_part(proposal, request.GET),
        "transfers": queries.transfers_of(proposal),
        "can_answer": in_review and visitor.is_authenticated and rules.why_not_answer(visitor, proposal) is None,
        "now": at,
    }
    return render(request, "proposals/detail.html", context, status=refusal.status if refusal else 200)


def _voice(request: HttpRequest, code: str, act: Any, thanks: str) -> HttpResponse:
    proposal = queries.find_bare(code)
    if proposal is None:
        raise Http404
    if request.method == "GET":
        return redirect("proposal", code)
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("proposal", args=[code]))
    try:
        insist_within(request, "support")
        act(by=request.user, proposal=proposal, at=database_now())
    except Refused as refused:
        return _refused(request, code, refused.refusal)
    messages.success(request, thanks)
    return redirect("proposal", code)


@goes_on_live
def _refused(request: HttpRequest, code: str, refusal: Refusal) -> HttpResponse:
    """The page as it stands, with the sentence beside the button."""
    return _page(request, _found(code), refusal)


def _form(request: HttpRequest, form: ProposalForm, status: int = 200) -> HttpResponse:
    promise = shared_promise(database_now())
    refusal = why_unchecked(request.user, promise.propose_level) if promise else None
    return render(request, "proposals/form.html", {"form": form, "below": refusal}, status=status)


def _preview(request: HttpRequest, form: ProposalForm) -> HttpResponse:
    words = form.words()
    insist(rules.why_not_words(words))
    shown = {part: paragraphs(getattr(words, part)) for part in ("problem", "solution", "expected_effect")}
    context = {"form": form, "preview": {"title": words.title, "tags": words.tags, **shown}}
    return render(request, "proposals/form.html", context)


def _publish(request: HttpRequest, form: ProposalForm) -> str:
    """Publish once, however often the same form is sent; returns the code."""
    insist_within(request, "proposal")
    at = database_now()
    dong = find_dong(form.cleaned_data["dong"])
    by: Any = request.user
    assert dong is not None  # the form has asked

    category, words = form.cleaned_data["category"], form.words()

    def write() -> tuple[int, Any]:
        return 201, actions.publish_proposal(by=by, dong=dong, category=category, words=words, at=at).code

    key = form.receipt_key()
    if not key:
        return str(write()[1])
    print_ = fingerprint(category, dong.code, *map(str, vars(words).values()))
    # The words belong to the key: a form that is sent back rewritten is another proposal, not the first one again.
    (_status, code), _again = answer_once(person=by, key=f"{key}:{print_}", print_=print_, at=at, write=write)
    return str(code)
