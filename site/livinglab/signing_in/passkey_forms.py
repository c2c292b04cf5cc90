"""What does a browser answer for a passkey, what is it called, and what if the answer is none at all?"""

import struct
from collections.abc import Callable
from typing import Any, Final

from allauth.mfa.webauthn import forms as allauth_forms
from allauth.mfa.webauthn.internal.auth import parse_authentication_response, parse_registration_response
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .account_forms import OurWords

LONGEST_NAME = 60
NOT_USED: Final[str | Promise] = _("The passkey was not used. Please try once more, or choose another way.")
# What fido2 raises where a stranger sends it something else: it reads parts and bytes without looking first.
_UNREADABLE: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)


def _not_used() -> ValidationError:
    return ValidationError(str(NOT_USED), code="passkey_not_used")


def _read(parse: Callable[[Any], Any], credential: Any) -> None:
    try:
        parse(credential)
    except (*_UNREADABLE, ValidationError):
        raise _not_used() from None


class Answer(forms.JSONField):
    """What the browser sends: some 2 kB of JSON. No page asks people to type it, so one sentence covers all."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, error_messages={"required": NOT_USED, "invalid": NOT_USED})

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError:
            raise _not_used() from None


class ShownPasskey(allauth_forms.AuthenticateWebAuthnForm):
    """An answer of a device that keeps a passkey already. Which account it belongs to is no part of the sentence."""

    credential = Answer()

    def clean_credential(self) -> Any:
        _read(parse_authentication_response, self.cleaned_data["credential"])
        try:
            return super().clean_credential()
        except ValidationError as error:
            raise error if error.code == "too_many_login_attempts" else _not_used() from None


class PasskeyAfterPassword(ShownPasskey):
    pass


class PasskeyAlone(ShownPasskey, allauth_forms.LoginWebAuthnForm):
    pass


class PasskeyAgain(ShownPasskey, allauth_forms.ReauthenticateWebAuthnForm):
    pass


class PasskeyName(OurWords):
    """A word by which one knows the device again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        assert isinstance(name, forms.CharField)
        name.label, name.help_text = _("Name"), _("So that you know it again, such as “my phone”.")
        name.widget.attrs["maxlength"] = str(LONGEST_NAME)
        name.max_length = LONGEST_NAME
        name.validators.append(MaxLengthValidator(LONGEST_NAME))


class NewPasskeyForm(PasskeyName, allauth_forms.AddWebAuthnForm):
    """Always one that signs in by itself: the device asks for a finger, a face or its code."""

    credential = Answer()
    passwordless = None  # allauth's choice between a key for both steps and one for the second

    def clean_credential(self) -> Any:
        credential = self.cleaned_data["credential"]
        _read(parse_registration_response, credential)
        return credential

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean() or {}
        except ValidationError:
            raise _not_used() from None
        return cleaned


class PasskeyNameForm(PasskeyName, allauth_forms.EditWebAuthnForm):
    pass
