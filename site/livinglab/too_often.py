"""What does a page of allauth answer to somebody who was too quick? The same form, as it was typed, and a sentence."""

import time
from math import ceil
from typing import Any, Final

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import apply_rate, get_cache_key, get_rates
from django.core.cache import cache
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve
from django.views.generic import FormView

from civic.limits.figures import MINUTE

# Pages whose form needs nothing that their view finds out on the way, and what allauth counts there; the others answer
# with a page of their own, and their limits are by the minute.
FORMS: Final = {
    "account_change_password": "change_password",
    "account_email": "manage_email",
    "account_login": "login",
    "account_reauthenticate": "reauthenticate",
    "account_reset_password": "reset_password",
    "account_set_password": "change_password",
    "account_signup": "signup",
}
_OURS: Final = "allauth.account"


def too_often(request: HttpRequest) -> HttpResponse:
    """handler429: allauth calls it in place of the view, before or while the view judges the form."""
    page, action = _page(request), FORMS.get(resolve(request.path_info).url_name or "", "")
    request.retry_after = _wait(request, action)  # type: ignore[attr-defined]  # the wall writes it as Retry-After
    if page is None or request.method != "POST":
        return render(request, "429.html", status=429)
    form = page.get_form()
    form._errors, form.cleaned_data = ErrorDict(), {}  # not judged: that would be the try that is one too many
    form.add_error(None, get_adapter().validation_error("rate_limited"))
    answer: HttpResponse = page.render_to_response(page.get_context_data(form=form), status=429)
    return answer


def _wait(request: HttpRequest, action: str) -> int:
    """Seconds until each rate that is used up lets one more through, as soon as its oldest try is over; or a minute."""
    now, asked_for, waits = time.time(), request.POST.get("email", "").lower(), []
    for rate in get_rates(app=_OURS, action=action):
        tries = cache.get(get_cache_key(request, app=_OURS, action=action, rate=rate, key=asked_for), [])
        allowed, counted = apply_rate(tries, now, rate, dry_run=True)
        if not allowed:
            waits.append(ceil(counted[-1] + rate.duration - now))
    return max(waits, default=MINUTE)


def _page(request: HttpRequest) -> Any:
    """The view behind the address, where it is one of FORMS."""
    found = resolve(request.path_info)
    made = getattr(found.func, "view_class", None)
    if found.url_name not in FORMS or made is None or not issubclass(made, FormView):
        return None
    view = made()
    view.setup(request, *found.args, **found.kwargs)
    return view
