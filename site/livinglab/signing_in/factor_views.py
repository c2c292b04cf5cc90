"""What follows when a second step is added, dropped or not shown? A fact, a proof for this session, a way to go on."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import passthrough_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import (
    DownloadRecoveryCodesView,
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from civic.clocks.now import database_now
from civic.people.actions import note_factor_added, note_factor_removed
from civic.people.models import Person

from .factors import UnreadableError


class AddApp(ActivateTOTPView):
    """The app's code was typed just now: the account has it, and this session has shown it."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _added(self.request, Authenticator.Type.TOTP)
        return response


class RemoveApp(DeactivateTOTPView):
    http_method_names = ("get", "head", "post", "options")  # Django's form views would take PUT for POST

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        note_factor_removed(person=_person(self.request), at=database_now())
        return response


class AddPasskey(AddWebAuthnView):
    """A passkey that signs in by itself: kept on the device, opened by its owner."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": begin_registration(_person(self.request), passwordless=True)}
        return context

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _added(self.request, Authenticator.Type.WEBAUTHN)
        return response


class RemovePasskey(RemoveWebAuthnView):
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        note_factor_removed(person=_person(self.request), at=database_now())
        return response


class RecoveryCodesPage(ViewRecoveryCodesView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except UnreadableError:
            return _make_anew(request)


class RecoveryCodesFile(DownloadRecoveryCodesView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except UnreadableError:
            return _make_anew(request)


class NewRecoveryCodes(GenerateRecoveryCodesView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            context: dict[str, Any] = super().get_context_data(**kwargs)
        except UnreadableError:
            context = FormView.get_context_data(self, **kwargs) | {"unused_code_count": 0}
        return context


class SignInByPasskey(LoginWebAuthnView):
    """Where the passkey does not fit, the sign-in page says so and still knows where to lead."""

    def form_invalid(self, form: Any) -> HttpResponse:
        super().form_invalid(form)  # leaves the sentence for the next page
        return redirect(passthrough_next_redirect_url(self.request, reverse("account_login"), REDIRECT_FIELD_NAME))


class PasskeyOnceMore(ReauthenticateWebAuthnView):
    """Where the passkey does not fit, the same page says so; allauth would lead out of the account's pages."""

    def form_invalid(self, form: Any) -> HttpResponse:
        super().form_invalid(form)
        return redirect(self.passthrough_next_url(self.request.path))


def _added(request: HttpRequest, kind: Authenticator.Type) -> None:
    person = _person(request)
    note_factor_added(person=person, at=database_now())
    record_authentication(request, person, method="mfa", type=str(kind), reauthenticated=True)


def _make_anew(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("We can read your recovery codes no more. Please make new ones."))
    return redirect("mfa_generate_recovery_codes")


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


add_app = AddApp.as_view()
remove_app = RemoveApp.as_view()
add_passkey = AddPasskey.as_view()
remove_passkey = RemovePasskey.as_view()
recovery_codes = RecoveryCodesPage.as_view()
recovery_codes_file = RecoveryCodesFile.as_view()
new_recovery_codes = NewRecoveryCodes.as_view()
sign_in_by_passkey = SignInByPasskey.as_view()
passkey_once_more = PasskeyOnceMore.as_view()
