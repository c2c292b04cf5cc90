"""A reporter's own page, opened by a key nobody guesses: what became of the report."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from civic.clocks.now import database_now
from civic.faults import queries
from civic.faults.states import CLOSED, State
from civic.feed.pages import goes_on_live
from civic.photos.queries import photos_of

from .faults import found, page_of


@require_safe
@never_cache
@goes_on_live
def mine(request: HttpRequest, key: str) -> HttpResponse:
    """What became of one's report. Whoever has the address sees it: it is told to nobody else and indexed nowhere."""
    report = queries.report_by_key(key)
    if report is None:
        raise Http404
    fault = found(report.fault.code)
    contact = getattr(report, "contact", None) if fault.state not in (State.REPAIRED, *CLOSED) else None
    own = {"report": report, "own_photos": photos_of(report.key), "email": masked(contact.email) if contact else ""}
    context = page_of(fault, at=database_now()) | own | {"key": key}
    response = render(request, "faults/mine.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response


def masked(address: str) -> str:
    """Enough of an address for its owner to know it: `k…@example.kr`."""
    name, _at, host = address.partition("@")
    return f"{name[:1]}…@{host}"
