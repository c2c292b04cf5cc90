"""Where do allauth's steps meet our own? Accounts are opened by an action, and nobody is sent to another site."""

from typing import Any, ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from civic.clocks.now import database_now
from civic.limits.edge import address_of, plain_address
from civic.people.actions import change_password, give_consents, register_person
from civic.people.models import Person
from civic.privacy.actions import leave_addresses

from .newcomer_forms import NewcomerForm
from .once_more import age_of_proof, ways_to_show


class AccountAdapter(DefaultAccountAdapter):
    """allauth asks here whenever it does something that is ours to decide."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The address and the password do not belong together."),
        "email_taken": _("This address cannot be used for your account."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("This is not the code we sent. Please check the digits."),
        "incorrect_password": _("This is not your password."),
        "same_as_current": _("This is the address you already have."),
        "too_many_login_attempts": _("Too many attempts. Please wait five minutes, or ask for a new code."),
        "rate_limited": _("Too many attempts. Please wait a moment."),
    }

    def save_user(self, request: HttpRequest, user: Person, form: NewcomerForm, commit: bool = True) -> Person:
        """Open the account by our actions; `user` is allauth's empty draft and is left alone."""
        typed: dict[str, Any] = form.cleaned_data
        at = database_now()
        with transaction.atomic():
            person = register_person(
                email=typed["email"],
                nickname=typed["nickname"],
                password=typed.get("password1"),
                old_enough=form.told_age(),
                dong=typed.get("dong"),
                at=at,
            )
            give_consents(person=person, documents=form.agreed, network=address_of(request), at=at)
        return person

    def set_password(self, user: Person, password: str) -> None:
        """By our action, whether it is changed, set for the first time or replaced with a mailed code."""
        change_password(person=user, password=password, at=database_now())

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """The new address takes the place of the one before, also where something was left under that."""
        held = EmailAddress.objects.filter(user=email_address.user_id, verified=True).exclude(pk=email_address.pk)
        left = list(held.values_list("email", flat=True))
        with transaction.atomic():
            confirmed = bool(super().confirm_email(request, email_address))
            if confirmed:
                leave_addresses(left=left, address=email_address.email)
        return confirmed

    def get_client_ip(self, request: HttpRequest) -> str:
        """By which everybody's tries are counted: of IPv6 a network, which all of IPv4 would be.

        Whoever came past one of the proxies in front, or through none, is known by the connection alone.
        """
        try:
            return plain_address(super().get_client_ip(request))
        except (ImproperlyConfigured, PermissionDenied) as wrong:  # too few addresses passed on, or one that is none
            peer = request.META.get("REMOTE_ADDR")
            if not peer:
                raise PermissionDenied from wrong
            return plain_address(peer)

    def is_safe_url(self, url: str | None) -> bool:
        """Only pages of this very host: `ALLOWED_HOSTS` may name more than one, and a link decides nothing."""
        request = context.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        return ways_to_show(user, super().get_reauthentication_methods(user))

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """allauth takes no sign-in for a proof, but a password where there is a second step: we say what counts."""
        if not super().is_reauthentication_required(app=app, **more):
            return False
        if age_of_proof(context.request) >= app_settings.REAUTHENTICATION_TIMEOUT:
            raise ReauthenticationRequired
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return home()

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("me")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return home()

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("me")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("me")


def home() -> str:
    """The home page in the language of the page one comes from."""
    return reverse("wagtail_serve", args=[""])
