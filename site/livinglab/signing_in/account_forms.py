"""What does a person type to get in? allauth's forms with our labels; making an account is in newcomer_forms.py."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from allauth.core.internal.ratelimit import get_ip
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

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


class SignInForm(OurWords, allauth_forms.LoginForm):
    pass


class AskedFrom(OurWords):
    """Mail to an address is counted for each network that asks: a stranger cannot use up the owner's share."""

    share: ClassVar[str]

    def clean_email(self) -> str:
        asked: HttpRequest = context.request
        if not ratelimit.consume(asked, action=self.share, key=f"{self.cleaned_data['email']} {get_ip(asked)}".lower()):
            raise get_adapter().validation_error("rate_limited")
        return str(super().clean_email())  # type: ignore[misc]  # allauth's form, next in line


class MailedCodeForm(AskedFrom, allauth_forms.RequestLoginCodeForm):
    share = "request_login_code_from"


class NewAddressForm(OurWords, allauth_forms.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail")


class ChangePasswordForm(OurWords, allauth_forms.ChangePasswordForm):
    pass


class SetPasswordForm(OurWords, allauth_forms.SetPasswordForm):
    pass


class ForgottenPasswordForm(AskedFrom, allauth_forms.ResetPasswordForm):
    share = "reset_password_from"


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


class CodeAgainForm(CodeForm, allauth_forms.ConfirmLoginCodeForm):
    pass


class ConfirmResetForm(CodeForm, allauth_forms.ConfirmPasswordResetCodeForm):
    pass
