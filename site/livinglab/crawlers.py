"""What do programs ask of every site, unasked? Where they may go, the site's mark, and whom to tell of a hole."""

from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

CLOSED: Final = ("/desk/", "/accounts/", "/me/", "/faults/mine/", "/api/")  # nothing there is for a search engine
PREFIXES: Final = ("", "/en")  # pages exist in both languages, and so do the closed ones
DAY: Final = 24 * 60 * 60


@require_safe
@cache_control(public=True, max_age=DAY)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read but what belongs to one person or to the office."""
    closed = [f"Disallow: {prefix}{path}" for prefix in PREFIXES for path in CLOSED]
    return HttpResponse("\n".join(["User-agent: *", *closed, "Allow: /", ""]), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=DAY)
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers that read no link ask here; the mark is the one the pages link to."""
    return HttpResponseRedirect(static("front/icon.svg"))


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whoever finds a hole writes here. It says how long it holds, from the moment it is read."""
    lines = [
        f"Contact: mailto:{settings.SECURITY_CONTACT}",
        f"Expires: {datetime.now(UTC) + timedelta(days=90):%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: ko, en",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
