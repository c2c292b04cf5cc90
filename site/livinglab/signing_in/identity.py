"""How does an identity provider (간편인증) say who somebody is? A keyed hash is all that stays of it."""

from datetime import date
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from civic.clocks.now import database_now
from civic.people.actions import verify_by_provider
from civic.people.models import Person
from civic.people.person_key import Card
from civic.refusals import Refused
from livinglab.settings.signing_in import IDENTITY


@never_cache
@login_required
@require_POST
def begin_identity(request: HttpRequest) -> HttpResponse:
    """Leave for the identity provider; 404 where the environment names none."""
    provider = get_adapter(request).get_provider(request, IDENTITY)
    answer: HttpResponse = provider.redirect(request, process=IDENTITY)
    return answer


def identified(request: HttpRequest, sociallogin: SocialLogin) -> HttpResponse:
    """The identity provider has told who is signed in here: a keyed hash of it is made, and the rest forgotten."""
    if not isinstance(request.user, Person):
        return redirect("account_login")
    issuer = sociallogin.provider.app.settings["server_url"]
    subject, card = sociallogin.account.uid, _card(sociallogin.account.extra_data)
    try:
        verify_by_provider(by=request.user, provider=issuer, subject=subject, card=card, at=database_now())
    except Refused as refused:
        messages.error(request, str(refused.refusal.text))
    else:
        messages.success(request, _("You are verified. Your name and day of birth were not kept."))
    return redirect("me-verification")


def _card(answers: dict[str, Any]) -> Card | None:
    """Name and day of birth where both came, as on a card."""
    claims = {**answers.get("id_token", {}), **answers.get("userinfo", {})}
    name, born = str(claims.get("name") or ""), str(claims.get("birthdate") or "")
    try:
        return Card(name=name, born=date.fromisoformat(born)) if name else None
    except ValueError:  # the standard allows a year alone, or none
        return None
