"""Who is asked before they go on? Somebody signed in whose account stands on a text that has changed."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

# What works meanwhile: one's own data and leaving, signing in and out, and reading what one is asked to agree to.
OPEN = ("/me/", "/accounts/", "/privacy/", "/media/", "/static/", "/healthz", "/readyz", "/metrics")


class ConsentMiddleware:
    """Leads a page view to the question. No query.

    Live lines are left alone; what a program or a form already begun sends is refused by the rules, its words kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _may_be_asked(request) and getattr(request.user, "consent_due", False):
            return redirect(f"{reverse('me-consents')}?{urlencode({'next': request.get_full_path()})}")
        return self.get_response(request)


def _may_be_asked(request: HttpRequest) -> bool:
    """Asked from the cheapest on: who comes without a session never loads one."""
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME in request.COOKIES
        and "text/html" in request.headers.get("Accept", "")
        and not request.path.removeprefix("/en").startswith(OPEN)
    )
