"""How does one add one's voice to a known fault? "Me too" until its repair, "it is not mended" after it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from civic.clocks.now import database_now
from civic.faults import actions, queries
from civic.faults.browser import key_of, known_keys, person_of, remember
from civic.faults.forms import ContestForm, TellingForm, add_refusal
from civic.faults.limits import address_of, why_not_now
from civic.faults.models import Fault
from civic.faults.networks import network_of
from civic.faults.states import State
from civic.feed.pages import goes_on_live
from civic.refusals import Refused, insist

from .faults import found, page_of

TOLD = ("already_reported", "not_repaired")  # what one's own page says better than a refusal


@dataclass(frozen=True)
class Voice:
    """A thing to say of a known fault: the verb that takes it, its form, its page."""

    take: Callable[..., tuple[Fault, str]]
    form: type[TellingForm]
    page: str


ME_TOO = Voice(actions.join_fault, TellingForm, "faults/me_too.html")
NOT_MENDED = Voice(actions.contest_repair, ContestForm, "faults/not_mended.html")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@goes_on_live
def me_too(request: HttpRequest, code: str) -> HttpResponse:
    """Say that one is troubled too: one more, no second fault; then one's own page."""
    fault = found(code)
    if request.method == "POST":
        return _said(request, fault, ME_TOO)
    if fault.state == State.REPAIRED:
        return redirect("fault-not-mended", fault.code)
    return _form(request, fault, ME_TOO, TellingForm())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@goes_on_live
def not_mended(request: HttpRequest, code: str) -> HttpResponse:
    """Say that what was repaired is not mended, its reporters too: it is back; then one's own page."""
    fault = found(code)
    if request.method == "POST":
        return _said(request, fault, NOT_MENDED)
    if fault.state != State.REPAIRED:
        return redirect("fault", fault.code)
    return _form(request, fault, NOT_MENDED, ContestForm())


@never_cache
def me_too_again(request: HttpRequest, code: str) -> HttpResponse:
    """The form as it was sent, with a fresh token."""
    return _again(request, code, ME_TOO)


@never_cache
def not_mended_again(request: HttpRequest, code: str) -> HttpResponse:
    """The form as it was sent, with a fresh token."""
    return _again(request, code, NOT_MENDED)


def _said(request: HttpRequest, fault: Fault, voice: Voice) -> HttpResponse:
    form = voice.form(request.POST)
    if not form.is_valid():
        return _form(request, fault, voice, form, 422)
    try:
        insist(why_not_now(request, person_of(request)))
        _fault, key = voice.take(
            by=person_of(request),
            fault=fault,
            known=known_keys(request),
            network=network_of(address_of(request)),
            **form.cleaned_data,
            at=database_now(),
        )
    except Refused as refused:
        return _refused(request, fault, voice, form, refused)
    response = redirect("fault-mine", key)
    remember(request, response, key)
    return response


def _refused(request: HttpRequest, fault: Fault, voice: Voice, form: TellingForm, refused: Refused) -> HttpResponse:
    """One's own page where that tells it; "not mended" where the repair came in between; else the form."""
    refusal = refused.refusal
    if refusal.code in TOLD and (own := _own(request, fault)):
        return redirect("fault-mine", own)
    if refusal.code == "repaired":
        fault, voice, form = found(fault.code), NOT_MENDED, ContestForm(request.POST)
    add_refusal(form, refusal)
    return _form(request, fault, voice, form, refusal.status)


def _again(request: HttpRequest, code: str, voice: Voice) -> HttpResponse:
    form = voice.form(request.POST)
    form.add_error(None, _("This page had been open for long. Your words are here: send them once more."))
    return _form(request, found(code), voice, form, 403)


def _own(request: HttpRequest, fault: Fault) -> str:
    keys = known_keys(request)
    report = queries.report_of(fault, None, keys) if keys else None
    return key_of(report, keys) if report else ""


def _form(request: HttpRequest, fault: Fault, voice: Voice, form: TellingForm, status: int = 200) -> HttpResponse:
    own = {"form": form, "mine": _own(request, fault), "footer_ground": "paper"}
    context = page_of(fault, at=database_now()) | own
    return render(request, voice.page, context, status=status)
