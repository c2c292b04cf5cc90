"""How does one sign up with an account elsewhere, and see, add or drop those one signs in with?"""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from civic.clocks.now import database_now
from civic.people.actions import unlink_account
from civic.people.models import Person
from civic.people.queries import linked_accounts
from civic.refusals import Refused

from .coming_back import tell
from .newcomer_forms import AgeForm


@never_cache
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, provider: str) -> HttpResponse:
    """Ask the age, then leave for the provider: before that nobody there is asked about anybody."""
    way = _offered(request, provider)
    following = get_next_redirect_url(request)
    if request.user.is_authenticated:
        return redirect("me")
    form = AgeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return way.redirect(request, process=AuthProcess.LOGIN, next_url=following or None, data={"old_enough": True})
    status = 422 if form.errors else 200
    context = {"form": form, "provider": way, "following": following}
    return render(request, "socialaccount/gate.html", context, status=status)


@require_GET
def younger(request: HttpRequest) -> HttpResponse:
    """What is open to whoever is under 14: nearly everything, without an account."""
    return render(request, "account/younger.html")


@never_cache
@login_required
@require_GET
def linked(request: HttpRequest) -> HttpResponse:
    """The accounts elsewhere by which one signs in, and those that could be added."""
    mine = list(linked_accounts(_person(request)))
    known = {way.sub_id: way for way in ways_in(request)}
    rows = [(account, getattr(known.get(account.provider), "name", account.provider)) for account in mine]
    addable = [way for name, way in known.items() if name not in {account.provider for account in mine}]
    return render(request, "socialaccount/connections.html", {"rows": rows, "addable": addable})


@login_required
@require_POST
@reauthentication_required(app="allauth.socialaccount")
def link(request: HttpRequest, provider: str) -> HttpResponse:
    """Leave for the provider to add its account; whoever asks has just shown that the account here is theirs."""
    way = _offered(request, provider)
    answer: HttpResponse = way.redirect(request, process=AuthProcess.CONNECT, data={"shown": True})
    return answer


@login_required
@require_POST
@reauthentication_required(app="allauth.socialaccount")
def unlink(request: HttpRequest, account: int) -> HttpResponse:
    """Sign in with that account no more."""
    person = _person(request)
    found = get_object_or_404(SocialAccount, pk=account, user=person)
    known = {way.sub_id: way.name for way in ways_in(request)}
    name = {"name": known.get(found.provider, found.provider)}
    try:
        unlink_account(by=person, account=found, at=database_now())
    except Refused as refused:
        messages.error(request, str(refused.refusal.text))
    else:
        tell(person, "socialaccount/email/account_disconnected", name)
        messages.success(request, _("%(name)s does not lead into your account any more.") % name)
    return redirect("socialaccount_connections")


def ways_in(request: HttpRequest) -> list[Any]:
    """The providers one can sign in with, in the order of the settings."""
    ways = get_adapter(request).list_providers(request)
    return [way for way in ways if not way.app.settings.get("hidden")]


def _offered(request: HttpRequest, provider: str) -> Any:
    found = next((way for way in ways_in(request) if way.sub_id == provider), None)
    if found is None:
        raise Http404
    return found


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
