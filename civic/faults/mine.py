"""A reporter's own page, opened by a key nobody guesses, and "me too" for a fault that is known."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from civic.clocks.now import database_now
from civic.feed.pages import goes_on_live
from civic.photos.queries import photos_of
from civic.refusals import Refused, insist

from . import actions, queries
from .browser import key_of, known_keys, person_of, remember
from .forms import TellingForm, add_refusal
from .limits import address_of, why_not_now
from .models import Fault
from .networks import network_of
from .views import found, page_of


@require_safe
@never_cache
@goes_on_live
def mine(request: HttpRequest, key: str) -> HttpResponse:
    """What became of one's report. Whoever has the address sees it: it is told to nobody else and indexed nowhere."""
    report = queries.report_by_key(key)
    if report is None:
        raise Http404
    fault = found(report.fault.code)
    contact = getattr(report, "contact", None)
    own = {"report": report, "own_photos": photos_of(report.key), "email": masked(contact.email) if contact else ""}
    context = page_of(fault, at=database_now()) | own | {"key": key}
    response = render(request, "faults/mine.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@goes_on_live
def me_too(request: HttpRequest, code: str) -> HttpResponse:
    """Say that one is troubled too: one more, no second fault; then one's own page."""
    fault = found(code)
    if request.method != "POST":
        return _form(request, fault, TellingForm())
    form = TellingForm(request.POST)
    if not form.is_valid():
        return _form(request, fault, form, 422)
    keys = known_keys(request)
    try:
        insist(why_not_now(request, person_of(request)))
        _fault, key = actions.join_fault(
            by=person_of(request),
            fault=fault,
            email=form.cleaned_data["email"],
            known=keys,
            network=network_of(address_of(request)),
            key=form.cleaned_data["key"],
            at=database_now(),
        )
    except Refused as refused:
        if own := _own(request, fault):
            return redirect("fault-mine", own)
        add_refusal(form, refused.refusal)
        return _form(request, fault, form, refused.refusal.status)
    response = redirect("fault-mine", key)
    remember(request, response, key)
    return response


@never_cache
def me_too_again(request: HttpRequest, code: str) -> HttpResponse:
    """The form as it was sent, with a fresh token."""
    form = TellingForm(request.POST)
    form.add_error(None, _("This page had been open for long. Your words are here: send them once more."))
    return _form(request, found(code), form, 403)


def masked(address: str) -> str:
    """Enough of an address for its owner to know it: `k…@example.kr`."""
    name, _at, host = address.partition("@")
    return f"{name[:1]}…@{host}"


def _own(request: HttpRequest, fault: Fault) -> str:
    keys = known_keys(request)
    report = queries.report_of(fault, None, keys) if keys else None
    return key_of(report, keys) if report else ""


def _form(request: HttpRequest, fault: Fault, form: TellingForm, status: int = 200) -> HttpResponse:
    context = page_of(fault, at=database_now()) | {
        "form": form,
        "mine": _own(request, fault),
        "footer_ground": "paper",
    }
    return render(request, "faults/me_too.html", context, status=status)
