"""How does a second step at sign-in come about, and go?"""

from datetime import datetime

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import decrypt
from django.db import transaction

from civic.ledger.record import record
from civic.people.facts import FactorAdded, FactorRemoved
from civic.people.models import Person
from civic.people.queries import app_of

from .holding import lock


@transaction.atomic
def give_app(*, person: Person, at: datetime) -> str:
    """Give an account of the demonstration an authenticator app, and return its secret; one it has already stays."""
    lock(person)
    app = app_of(person)
    if app is not None:
        return decrypt(app.data["secret"])
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    note_factor_added(person=person, at=at)
    return secret


@transaction.atomic
def note_factor_added(*, person: Person, at: datetime) -> None:
    """Record that the account has one more second step; allauth wrote it in the caller's transaction."""
    record(FactorAdded(key="people"), state={}, concerns={person: {"as": "holder"}}, at=at)


@transaction.atomic
def note_factor_removed(*, person: Person, at: datetime) -> None:
    """Record that the account has one second step less; allauth removed it in the caller's transaction."""
    record(FactorRemoved(key="people"), state={}, concerns={person: {"as": "holder"}}, at=at)
