"""What does the site answer when a request cannot be taken, or when something broke on our side?"""

import logging
from collections.abc import Callable
from typing import Final

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt

from civic.faults.views.plate import plate_again
from civic.faults.views.voices import me_too_again, not_mended_again
from civic.faults.views.work import work_again
from civic.proposals.views.proposals import answer_again, proposal_again
from civic.proposals.views.talk import post_again
from civic.voting.views import ballot_again

logger = logging.getLogger(__name__)

# Forms with words in them, by the name of their address: they come back with a fresh token and the words.
AGAIN: Final[dict[str, Callable[..., HttpResponse]]] = {
    "proposal-new": proposal_again,
    "proposal-answer": answer_again,
    "proposal-post": post_again,
    "vote-ballot": ballot_again,
    "plate": plate_again,
    "fault-me-too": me_too_again,
    "fault-not-mended": not_mended_again,
    "fault-work": work_again,
}

# Needs no template, no catalogue, no static file and no database.
PLAIN: Final = """<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<title>오류 – 구민청</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
</head>
<body><main>
<h1>저희 쪽에서 오류가 났습니다</h1>
<p>잠시 뒤에 다시 시도해 주십시오.</p>
<p lang="en">Something broke on our side. Wait a moment and try once more.</p>
</main></body>
</html>
"""


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A token that fits no more: nothing is done, and what was written is kept where somebody wrote."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        match = None
    again = AGAIN.get(match.url_name or "") if match else None
    if match and again:
        return again(request, **match.kwargs)
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for a body beyond DATA_UPLOAD_MAX_MEMORY_SIZE."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


@csrf_exempt  # nothing is done here: a program without a cookie is told of its address, not of a form
def nothing_here(request: HttpRequest) -> HttpResponse:
    """An address for programs that does not exist: no page of the editors may answer for it."""
    raise Http404


def server_error(request: HttpRequest) -> HttpResponse:
    """The page 500.html; where it cannot be made either, a sentence in both languages."""
    try:
        return defaults.server_error(request)
    except Exception:
        logger.exception("500.html could not be made")
        return HttpResponseServerError(PLAIN)
