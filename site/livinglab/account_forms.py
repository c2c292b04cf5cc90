"""What does a person type to get in? allauth's forms with our labels, and a sign-up form that asks little."""

from hashlib import sha256
from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from civic.people.models import Person
from civic.people.names import tidy
from civic.people.rules import UNCONFIRMED_DAYS, why_not_take_nickname
from civic.places.forms import dong_choices
from civic.places.models import Dong
from civic.refusals import Refused

PASSWORD_HELP = _("At least 10 characters, and not one of the common ones.")
LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password again"),
    "code": _("Code from the mail"),
}


class OurWords(forms.Form):
    """Labels of ours above the fields, no placeholder in them, and the rule for passwords in one sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            if not isinstance(field, forms.BooleanField):
                field.error_messages["required"] = _("Please fill this in.")
            if isinstance(field.widget, forms.PasswordInput):
                field.help_text = PASSWORD_HELP if name == "password1" else ""


class SignupForm(OurWords, allauth_forms.SignupForm):
    """E-mail, nickname, password, age; a dong for who likes. Nothing exists before the age is confirmed."""

    field_order = ["email", "nickname", "password1", "dong", "old_enough"]
    nickname = forms.CharField(
        label=_("Nickname"),
        help_text=_("2 to 30 characters. Others see this, never your address."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    dong = forms.ChoiceField(
        label=_("Dong"), required=False, help_text=_("Where you live, work or study. You can leave it out.")
    )
    old_enough = forms.BooleanField(
        label=_("I am 14 or older"),
        error_messages={
            "required": _(
                "An account needs the age of 14. If you are younger, ask a parent or teacher to write with you;"
                " reading is open to everybody."
            )
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dong"].choices = dong_choices(_("Not chosen"))  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["password1"].label = _("Password")

    def clean_nickname(self) -> str:
        nickname = tidy(self.cleaned_data["nickname"])
        refusal = why_not_take_nickname(nickname)
        if refusal is not None:
            raise forms.ValidationError(str(refusal.text), code=refusal.code)
        if cache.get(_reservation(nickname)):
            raise forms.ValidationError(_("Somebody already has this nickname."), code="nickname_taken")
        return nickname

    def clean_dong(self) -> Dong | None:
        return Dong.objects.filter(code=self.cleaned_data["dong"]).first()

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | None]:
        if self.account_already_exists:
            # What a stranger could compare must not differ: the time a hash takes, and the nickname being gone.
            make_password(self.cleaned_data["password1"])
            cache.set(_reservation(self.cleaned_data["nickname"]), True, UNCONFIRMED_DAYS * 24 * 3600)
        try:
            with transaction.atomic():
                return super().try_save(request)
        except Refused as lost_race:
            refusal = lost_race.refusal
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.text))
            return None, render(request, "account/signup.html", {"form": self}, status=refusal.status)


class SignInForm(OurWords, allauth_forms.LoginForm):
    pass


class MailedCodeForm(OurWords, allauth_forms.RequestLoginCodeForm):
    pass


class NewAddressForm(OurWords, allauth_forms.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail")


class ChangePasswordForm(OurWords, allauth_forms.ChangePasswordForm):
    pass


class SetPasswordForm(OurWords, allauth_forms.SetPasswordForm):
    pass


class ForgottenPasswordForm(OurWords, allauth_forms.ResetPasswordForm):
    pass


class NewPasswordForm(OurWords, allauth_forms.ResetPasswordKeyForm):
    pass


class PasswordAgainForm(OurWords, allauth_forms.ReauthenticateForm):
    pass


class CodeForm(OurWords):
    """Digits that a phone offers to fill in, that may be pasted, with or without the hyphen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(inputmode="numeric", autocomplete="one-time-code")
        self.fields["code"].help_text = _("8 digits, with or without the hyphen.")


class ConfirmAddressForm(CodeForm, allauth_forms.ConfirmEmailVerificationCodeForm):
    pass


class ConfirmSignInForm(CodeForm, allauth_forms.ConfirmLoginCodeForm):
    pass


class ConfirmResetForm(CodeForm, allauth_forms.ConfirmPasswordResetCodeForm):
    pass


def _reservation(nickname: str) -> str:
    return f"nickname:{sha256(nickname.casefold().encode()).hexdigest()}"
