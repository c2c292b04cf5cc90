"""How does a second step at sign-in come about, and go?"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from civic.ledger.record import record
from civic.outbox.actions import queue_message
from civic.people.facts import FactorAdded, FactorRemoved
from civic.people.models import Person
from civic.people.queries import FACTORS, app_of

from .holding import lock
from .keys import stop_every_token
from .sessions import end_sessions_of


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


@transaction.atomic
def drop_factors(*, person: Person, at: datetime) -> tuple[int, int]:
    """Take every second step from an account whose owner lost them all; returns how many went, and how many keys.

    The operator does this, having seen who asks. The account is signed out and its keys for programs stop: whoever has
    the lost phone made some, perhaps. A password or a mailed code opens it again; the desk stays closed until there is
    a new step. The owner is told by mail, in both languages: we do not know which one they read.
    """
    lock(person)
    gone = Authenticator.objects.filter(user=person, type__in=FACTORS).count()
    if not gone:
        return 0, 0
    Authenticator.objects.filter(user=person).delete()
    end_sessions_of(person)
    keys = stop_every_token(person=person, at=at)
    _tell(person, at)
    note_factor_removed(person=person, at=at)
    return gone, keys


def _tell(person: Person, at: datetime) -> None:
    with override("ko"):
        subject = _("The second step was taken from your account")
    body = "\n\n".join(_words(language) for language in ("ko", "en"))
    queue_message(sender=settings.DEFAULT_FROM_EMAIL, recipient=person.email, subject=subject, body=body, at=at)


def _words(language: str) -> str:
    with override(language):
        return _(
            "The office took it, because you asked for it. You are signed out everywhere, and your keys for programs "
            "work no more. If you did not ask, tell us at once."
        )
