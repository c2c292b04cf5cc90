"""Who sends this, and which reports has this browser sent? Their keys in a signed cookie: a guest counts once."""

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

from civic.people.bearer import digest
from civic.people.models import Person

from .models import Report

COOKIE = "llab_reports"
MOST = 12  # keys of 32 characters: well below what a cookie may hold
DAYS = 90


def person_of(request: HttpRequest) -> Person | None:
    """The account, if somebody is signed in; a guest has none."""
    return request.user if isinstance(request.user, Person) else None


def known_keys(request: HttpRequest) -> list[str]:
    """The keys this browser holds, the newest first; none where somebody meddled with the cookie."""
    try:
        value = request.get_signed_cookie(COOKIE, default="", salt=COOKIE)
    except BadSignature:
        return []
    return [key for key in (value or "").split(".") if key][:MOST]


def remember(request: HttpRequest, response: HttpResponse, key: str) -> None:
    """Keep one more key in the browser; the oldest falls out."""
    keys = [key, *(known for known in known_keys(request) if known != key)][:MOST]
    response.set_signed_cookie(
        COOKIE,
        ".".join(keys),
        salt=COOKIE,
        max_age=DAYS * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def key_of(report: Report, keys: list[str]) -> str:
    """The key among these that opens the report; empty where none does."""
    return next((key for key in keys if digest(key) == report.digest), "")
