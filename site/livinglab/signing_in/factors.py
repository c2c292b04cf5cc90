"""Where do allauth's second steps meet our own? Their secrets are encrypted, and a code of the app counts once."""

import base64
import time
from collections.abc import Iterator
from typing import Any, ClassVar, Final

from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.people.models import Person

_PURPOSE: Final = "livinglab.factors"  # a key of its own, derived from SECRET_KEY


class UnreadableError(InvalidToken):
    """The key that wrote a step was lost: neither SECRET_KEY nor SECRET_KEY_FALLBACKS reads it."""

    silent_variable_failure = True  # in a template: nothing there


class FactorAdapter(DefaultMFAAdapter):
    """allauth asks here whenever it does something about a second step that is ours to decide."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": gettext_lazy("First add a passkey or an authenticator app."),
        "incorrect_code": gettext_lazy("This does not fit. A code counts once: please take the newest one."),
        "unreadable": gettext_lazy(
            "We can read this second step no more. Please use a passkey if you have one, or write to the office."
        ),
        "unverified_email": gettext_lazy("Please confirm your address first."),
    }

    def encrypt(self, text: str) -> str:
        """A copy of the database alone opens no account."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as wrong:
            raise UnreadableError from wrong

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        known = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(n)d") % {"n": known + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The host's name is what passkeys are tied to; people read the site's."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.WAGTAIL_SITE_NAME}


def use_up(person: Person, code: str) -> bool:
    """Let a code of the app count once, for as long as it could fit; false where it counted before (RFC 6238, 5.2)."""
    fits_for = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    return bool(cache.add(_used(person, code), True, fits_for))


def fresh_code(person: Person, secret: str) -> str | None:
    """A code of the app that fits now and was not used: this step's where it can be."""
    return next((code for code in _fitting(secret) if cache.get(_used(person, code)) is None), None)


def _fitting(secret: str) -> Iterator[str]:
    step = int(time.time()) // app_settings.TOTP_PERIOD
    around = range(-app_settings.TOTP_TOLERANCE, app_settings.TOTP_TOLERANCE + 1)
    for away in sorted(around, key=lambda n: (abs(n), -n)):
        yield format_hotp_value(hotp_value(secret, step + away))


def _used(person: Person, code: str) -> str:
    return f"app-code:{person.pk}:{code}"


def _box() -> MultiFernet:
    """Reads what any key wrote that still counts, writes with the newest."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (salted_hmac(_PURPOSE, "", secret=key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
