"""What follows when somebody adds a second step or drops one? A fact, and that this session has shown it."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from civic.clocks.now import database_now
from civic.people.actions import note_factor_added, note_factor_removed
from civic.people.models import Person


class AddApp(ActivateTOTPView):
    """The app's code was typed just now: the account has it, and this session has shown it."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _added(self.request, Authenticator.Type.TOTP)
        return response


class RemoveApp(DeactivateTOTPView):
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


def _added(request: HttpRequest, kind: Authenticator.Type) -> None:
    person = _person(request)
    note_factor_added(person=person, at=database_now())
    record_authentication(request, person, method="mfa", type=str(kind), reauthenticated=True)


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


add_app = AddApp.as_view()
remove_app = RemoveApp.as_view()
add_passkey = AddPasskey.as_view()
remove_passkey = RemovePasskey.as_view()
