"""Where am I signed in? One's browsers, and signing them out: one, all others, or every one."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from civic.people.models import Person
from civic.people.proof import is_proof_of

from .browsers import described

OTHERS, EVERYWHERE = "others", "everywhere"


@dataclass(frozen=True)
class SignedIn:
    """One browser as its owner knows it again."""

    id: int
    browser: str
    address: str
    since: datetime
    here: bool


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """List the browsers; a POST with `end` (a number, `others` or `everywhere`) signs them out."""
    assert isinstance(request.user, Person)
    if request.method == "POST":
        return _end(request, request.user, request.POST.get("end", ""))
    rows = [_shown(row) for row in signed_in_as(request.user)]
    return render(request, "account/sessions.html", {"sessions": sorted(rows, key=lambda row: not row.here)})


def signed_in_as(person: Person) -> list[UserSession]:
    """The browsers whose session still opens the account, the newest first: two statements, however many there are."""
    rows = UserSession.objects.filter(user=person).order_by("-created_at")
    now = timezone.now()  # Django judges the end of a session by the machine's clock
    running = Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=now)
    proofs = {session.session_key: session.get_decoded().get(HASH_SESSION_KEY) for session in running}
    return [row for row in rows if is_proof_of(person, proofs.get(row.session_key))]


def _end(request: HttpRequest, person: Person, which: str) -> HttpResponse:
    """Nothing happens to what is not one's own."""
    rows = UserSession.objects.filter(user=person)  # all: the list shows those alone that still open the account
    ending = [row for row in rows if which == EVERYWHERE or _meant(row, which)]
    end_sessions(request, ending)  # signs this browser out too where it is among them
    if not request.user.is_authenticated:
        messages.success(request, _("You are signed out everywhere."))
        return redirect("account_login")
    if ending:
        messages.success(request, _("Signed out there."))
    return redirect("usersessions_list")


def _meant(row: UserSession, which: str) -> bool:
    return not row.is_current() if which == OTHERS else str(row.pk) == which


def _shown(row: UserSession) -> SignedIn:
    return SignedIn(row.pk, described(row.user_agent), row.ip, row.created_at, row.is_current())
