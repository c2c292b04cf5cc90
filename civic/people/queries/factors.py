"""Which accounts have a second step at sign-in?"""

from typing import Final

from allauth.mfa.models import Authenticator

from civic.people.models import Person

# Recovery codes stand in for one of these; by themselves they are none.
FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_factor(person: Person) -> bool:
    """Has the person a passkey or an authenticator app?"""
    return Authenticator.objects.filter(user=person, type__in=FACTORS).exists()


def app_of(person: Person) -> Authenticator | None:
    """The authenticator app of the account (RFC 6238), its secret encrypted."""
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
