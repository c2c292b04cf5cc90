"""What does somebody type who makes an account? Little, and each consent by itself; by e-mail or from a provider."""

from hashlib import sha256
from typing import Any

from allauth.account import forms as allauth_forms
from allauth.socialaccount import forms as social_forms
from allauth.socialaccount.internal.flows.signup import redirect_to_signup
from allauth.socialaccount.models import SocialLogin
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from civic.clocks.now import database_now
from civic.limits.edge import insist_within
from civic.people.models import Person
from civic.people.names import tidy
from civic.people.queries import consents_due
from civic.people.rules import YOUNGER, why_not_take_nickname
from civic.privacy.forms import AskingDong
from civic.privacy.queries import free_again
from civic.refusals import Refusal, Refused

from .account_forms import OurWords
from .passwords import NotOneself


class AgeBox(forms.BooleanField):
    """Nothing of a person exists here before this is ticked (개인정보 보호법 article 22-2)."""

    def __init__(self) -> None:
        super().__init__(label=_("I am 14 or older"), error_messages={"required": YOUNGER})


class NewcomerForm(OurWords, AskingDong):
    """What both ways share: the nickname, a dong for who likes, and the consents."""

    nickname = forms.CharField(
        label=_("Nickname"),
        help_text=_("2 to 30 characters. Others see this, never your address."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    template: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask(consents_due(None))

    def told_age(self) -> bool:
        """Did whoever types say to be old enough: in this form, or before leaving for a provider?"""
        return bool(self.cleaned_data.get("old_enough"))

    def clean_nickname(self) -> str:
        nickname = tidy(self.cleaned_data["nickname"])
        refusal = why_not_take_nickname(nickname)
        if refusal is not None:
            raise forms.ValidationError(str(refusal.text), code=refusal.code)
        if cache.get(_reservation(nickname)):
            raise forms.ValidationError(_("Somebody already has this nickname."), code="nickname_taken")
        return nickname

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | None]:
        """Everything or nothing; a race that was lost is said in the form."""
        if self.account_already_exists:  # type: ignore[attr-defined]  # allauth's form, mixed in
            # What a stranger could compare must not differ: the time a hash takes, and the nickname being gone.
            if "password1" in self.cleaned_data:
                make_password(self.cleaned_data["password1"])
            at = database_now()
            held = free_again("unconfirmed", at=at) - at  # as long as an account that nobody confirms holds it
            cache.set(_reservation(self.cleaned_data["nickname"]), True, held.total_seconds())
        try:
            with transaction.atomic():
                return super().try_save(request)  # type: ignore[misc]  # allauth's form, mixed in
        except Refused as lost_race:
            return None, self.again(request, lost_race.refusal)

    def again(self, request: HttpRequest, refusal: Refusal) -> HttpResponse:
        """The form with what was typed and the sentence."""
        self.refuse(refusal)
        return render(request, self.template, {"form": self}, status=refusal.status)


class SignupForm(NewcomerForm, allauth_forms.SignupForm):
    """E-mail, nickname, password, age. Nothing exists before the age is confirmed."""

    template = "account/signup.html"
    field_order = ["email", "nickname", "password1", "dong", "old_enough"]
    old_enough = AgeBox()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("Password")

    def clean(self) -> dict[str, Any]:
        """allauth's form has the address judged beside the password; the nickname is ours."""
        typed: dict[str, Any] = super().clean()
        if "nickname" in typed and typed.get("password1"):
            try:
                NotOneself().validate(typed["password1"], Person(nickname=typed["nickname"]))
            except forms.ValidationError as like_it:
                self.add_error("password1", like_it)
        return typed


class SocialSignupForm(NewcomerForm, social_forms.SignupForm):
    """From a provider: the age was told before leaving for it, and no password is needed."""

    template = "socialaccount/signup.html"
    field_order = ["email", "nickname", "dong"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("email"):
            self.fields["email"].help_text = _("From your account there. You can give another one.")

    def told_age(self) -> bool:
        return age_was_told(self.sociallogin)

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | None]:
        try:
            insist_within(request, "sign_up")
        except Refused as too_often:
            return None, self.again(request, too_often.refusal)
        return super().try_save(request)

    def again(self, request: HttpRequest, refusal: Refusal) -> HttpResponse:
        """What the provider told is kept for another try: allauth lets go of it before the form is saved."""
        redirect_to_signup(request, self.sociallogin)  # which puts it back into the session
        return super().again(request, refusal)


class AgeForm(OurWords):
    """Asked before anybody leaves for a provider to sign up."""

    old_enough = AgeBox()


def age_was_told(sociallogin: SocialLogin) -> bool:
    """Before leaving for the provider; it came back with what the provider was sent with."""
    return bool((sociallogin.state.get("data") or {}).get("old_enough"))


def _reservation(nickname: str) -> str:
    return f"nickname:{sha256(nickname.casefold().encode()).hexdigest()}"
