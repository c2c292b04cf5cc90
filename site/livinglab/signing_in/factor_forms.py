"""Which codes does a person type for a second step? allauth's forms with our labels."""

import logging
from contextlib import suppress
from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from django.utils.translation import gettext_lazy as _

from civic.people.models import Person

from .account_forms import OurWords
from .factors import UnreadableError, use_up

logger = logging.getLogger(__name__)


class AppCodeForm(OurWords):
    """Six digits of an app, which a phone offers to fill in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label, code.help_text = _("Code"), _("6 digits from the authenticator app.")
        code.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "20"}


class NewAppForm(AppCodeForm, totp_forms.ActivateTOTPForm):
    pass


class ShownOnce(AppCodeForm):
    """A code that somebody looked at over the shoulder fits no second time. Recovery codes are used up by allauth."""

    user: Person  # by allauth's form, next in line
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("6 digits from the authenticator app, or one of your recovery codes.")

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # allauth's form, next in line
        except UnreadableError:
            code = self._by_what_can_be_read()
        if self.authenticator.type == Authenticator.Type.TOTP and not use_up(self.user, normalize_user_code(code)):
            raise get_adapter().validation_error("incorrect_code")
        return code

    def _by_what_can_be_read(self) -> str:
        """The key of the site that wrote a step was lost; another step may have been added since."""
        code: str = self.cleaned_data["code"]
        wrong = "unreadable"
        for step in Authenticator.objects.filter(user=self.user).exclude(type=Authenticator.Type.WEBAUTHN):
            with suppress(UnreadableError):
                if step.wrap().validate_code(code):
                    self.authenticator = step
                    return code
                wrong = "incorrect_code"
        logger.error("a second step cannot be read: SECRET_KEY was changed, and SECRET_KEY_FALLBACKS does not name it")
        raise get_adapter().validation_error(wrong)


class SecondStepForm(ShownOnce, base_forms.AuthenticateForm):
    pass


class SecondStepAgainForm(ShownOnce, base_forms.ReauthenticateForm):
    pass
