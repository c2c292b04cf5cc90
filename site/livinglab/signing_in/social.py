"""What happens when somebody comes back from a provider? No account before the age is told, none taken over."""

import logging
from typing import Any, ClassVar

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.utils import setup_user_email
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic.clocks.now import database_now
from civic.people.actions import link_account
from civic.people.models import Person
from livinglab.settings.signing_in import IDENTITY

from .coming_back import ask_age, connect
from .identity import identified
from .newcomer_forms import NewcomerForm, age_was_told

logger = logging.getLogger(__name__)


class SocialAdapter(DefaultSocialAccountAdapter):
    """allauth asks here whenever a sign-in by a provider is ours to decide."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultSocialAccountAdapter.error_messages,
        "email_taken": _("This address cannot be used for your account."),
    }

    def list_apps(self, request: HttpRequest, provider: str = "", client_id: str = "") -> list[SocialApp]:
        """Those that the environment names; none stand in the database."""
        known = settings.SOCIALACCOUNT_PROVIDERS.items()
        apps = [SocialApp(provider=kind, **app) for kind, told in known for app in told["APPS"]]
        apps = [app for app in apps if not provider or provider in (app.provider, app.provider_id)]
        return [app for app in apps if not client_id or app.client_id == client_id]

    def get_app(self, request: HttpRequest, provider: str, client_id: str = "") -> SocialApp:
        """Raises Http404 for a provider that is not set up."""
        try:
            return super().get_app(request, provider, client_id)
        except SocialApp.DoesNotExist as unknown:
            raise Http404 from unknown

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The provider has told who it is. Only a known account goes on to sign in, and only a told age to sign up."""
        sociallogin.token = None  # a key to the person's account elsewhere: not even the session keeps it
        process = sociallogin.state.get("process")
        if sociallogin.account.provider == IDENTITY:
            raise ImmediateHttpResponse(identified(request, sociallogin))
        if process == AuthProcess.CONNECT:
            raise ImmediateHttpResponse(connect(request, sociallogin))
        if not sociallogin.is_existing and not age_was_told(sociallogin):
            raise ImmediateHttpResponse(ask_age(request, sociallogin))

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: NewcomerForm | None = None) -> Person:
        """Open the account by our actions. An address that the provider has confirmed needs no code of ours."""
        with transaction.atomic():
            person: Person = get_account_adapter(request).save_user(request, sociallogin.user, form)
            account = sociallogin.account
            link_account(person=person, provider=account.provider, subject=account.uid, at=database_now())
            told = [address for address in sociallogin.email_addresses if address.email == person.email]
            setup_user_email(request, person, told)
        sociallogin.user = person
        return person

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, Any]:
        """The address alone: whoever has a real name elsewhere chooses a nickname here."""
        return {"email": next((address.email for address in sociallogin.email_addresses), "")}

    def on_authentication_error(self, request: HttpRequest, provider: Any, error: Any = None, **told: Any) -> None:
        """The log learns what kind of thing went wrong; a provider's answer may hold keys and names."""
        logger.warning("sign-in by %s: %s %s", provider.sub_id, error, type(told.get("exception")).__name__)
