"""What an official does about a fault, on a form of its own: take it on, plan, start, record the repair, refuse."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from civic.clocks.now import database_now
from civic.faults import actions, queries
from civic.faults.acts import ACTS, Act
from civic.faults.forms import add_refusal, form_of
from civic.faults.models import Fault
from civic.feed.pages import goes_on_live
from civic.limits.edge import insist_within
from civic.people.models import Person
from civic.people.queries import find_department
from civic.photos.actions import draw_upload
from civic.refusals import Refused

from .faults import found, page_of

_VERBS: dict[str, Callable[..., Fault]] = {
    "take": actions.take_fault,
    "start": actions.start_fault,
    "repair": actions.repair_fault,
    "resolve": actions.resolve_fault,
    "schedule": actions.schedule_fault,
    "reopen": actions.reopen_fault,
    "reject": actions.reject_fault,
    "transfer": actions.transfer_fault,
}


def do(act: str, *, by: Person, fault: Fault, said: dict[str, Any]) -> Fault:
    """Call the verb of an act with what its form brought. Raises Refused."""
    if "duplicate_of" in said:
        said = said | {"duplicate_of": queries.find(said["duplicate_of"].strip().upper())}
    if "department" in said:
        said = said | {"department": find_department(said["department"])}
    if said.get("photo"):
        said = said | {"photo": draw_upload(said["photo"])}  # before rows are held
    return _VERBS[act](by=by, fault=fault, **said, at=database_now())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@goes_on_live
def fault_work(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """One act of one fault; what was written stays when it cannot be done."""
    fault, verb = found(code), _act(act)
    person = request.user
    if not isinstance(person, Person):
        return redirect_to_login(request.get_full_path())
    at = database_now()
    form_class = form_of(act, fault, at)
    if refusal := verb.why_not_now(person, fault, at):
        form = form_class(request.POST) if request.method == "POST" else None
        return _page(request, fault, verb, form, refusal.status, refusal.text)
    if request.method != "POST":
        return _page(request, fault, verb, form_class())
    form = form_class(request.POST, request.FILES)
    if form.is_valid():
        try:
            insist_within(request, "office")
            do(act, by=person, fault=fault, said=form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused.refusal)
            return _page(request, fault, verb, form, refused.refusal.status)
        messages.success(request, str(verb.done))
        return redirect("fault", fault.code)
    return _page(request, fault, verb, form, 422)


@never_cache
def work_again(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """The form as it was sent, with a fresh token: its page was open while its writer signed in elsewhere."""
    fault = found(code)
    form = form_of(act, fault, database_now())(request.POST)
    stale = _("This page had been open for long, or you signed in meanwhile. Your words are here: send them once more.")
    form.add_error(None, stale)
    return _page(request, fault, _act(act), form, 403)


def _act(name: str) -> Act:
    if name not in ACTS:
        raise Http404
    return ACTS[name]


def _page(
    request: HttpRequest, fault: Fault, act: Act, form: forms.Form | None, status: int = 200, refusal: Any = ""
) -> HttpResponse:
    context = page_of(fault, at=database_now()) | {
        "form": form,
        "act": act,
        "refusal": refusal,
        "footer_ground": "paper",
    }
    return render(request, "faults/work.html", context, status=status)
