"""What is answered to an act whose account was erased while it was on its way?"""

from collections.abc import Callable

from django.contrib.auth import logout
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from civic.ledger.api import problem
from civic.people.actions.holding import ACCOUNT_GONE
from civic.people.models import Person

UNWRITTEN = (DatabaseError, ObjectDoesNotExist)  # a row that points to nobody, or the account itself looked for


class TooLateMiddleware:
    """Such an act was undone by the database: no error of ours, and nothing to repeat. No query where all went well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, UNWRITTEN) or not _left_meanwhile(request):
            return None
        if request.path.startswith("/api/"):
            return JsonResponse(problem(request, ACCOUNT_GONE), status=ACCOUNT_GONE.status)
        logout(request)
        return render(request, "privacy/left.html", {"refusal": ACCOUNT_GONE}, status=ACCOUNT_GONE.status)


def _left_meanwhile(request: HttpRequest) -> bool:
    """Who signed in is known from before; whether they are still here is asked now."""
    return request.user.is_authenticated and not Person.objects.filter(pk=request.user.pk).exists()
