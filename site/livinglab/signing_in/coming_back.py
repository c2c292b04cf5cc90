"""Where does somebody go who comes back from a provider and is not simply signed in?"""

from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core.internal.httpkit import add_query_params
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from civic.clocks.now import database_now
from civic.people.actions import link_account
from civic.people.models import Person
from civic.refusals import Refused


def ask_age(request: HttpRequest, sociallogin: SocialLogin) -> HttpResponse:
    """There is no account yet: what the provider told is let go, and the age is asked first."""
    provider = sociallogin.provider
    messages.info(request, _("There is no account here for your %(name)s account yet.") % {"name": provider.name})
    gate = reverse("account_begin", args=[provider.sub_id])
    following = sociallogin.get_redirect_url(request)
    return redirect(add_query_params(gate, {"next": following}) if following else gate)


def connect(request: HttpRequest, sociallogin: SocialLogin) -> HttpResponse:
    """Join the provider's account to the one that is signed in, which has just shown that it is its owner's."""
    here = redirect("socialaccount_connections")
    name = {"name": sociallogin.provider.name}
    if not isinstance(request.user, Person) or not (sociallogin.state.get("data") or {}).get("shown"):
        return here
    if sociallogin.is_existing and sociallogin.user == request.user:
        messages.info(request, _("You already sign in with %(name)s.") % name)
        return here
    account = sociallogin.account
    try:
        link_account(person=request.user, provider=account.provider, subject=account.uid, at=database_now())
    except Refused as refused:
        messages.error(request, str(refused.refusal.text))
        return here
    tell(request.user, "socialaccount/email/account_connected", name)
    messages.success(request, _("From now on you can sign in with %(name)s too.") % name)
    return here


def tell(person: Person, template: str, told: dict[str, Any]) -> None:
    """Mail the account's owner that a way in was opened or shut."""
    get_account_adapter().send_notification_mail(template, person, told)
