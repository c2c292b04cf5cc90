"""What does the site answer when a request cannot be taken? A sentence, with what was written kept where it can be."""

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from civic.proposals.views import form_again


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A token that fits no more: forms with words in them come back with a fresh one; nothing is done."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        match = None
    if match and match.url_name == "proposal-new":
        return form_again(request)
    if match and match.url_name == "proposal-answer":
        return form_again(request, match.kwargs["code"])
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for a body beyond DATA_UPLOAD_MAX_MEMORY_SIZE."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def nothing_here(request: HttpRequest) -> HttpResponse:
    """An address for programs that does not exist: no page of the editors may answer for it."""
    raise Http404
