"""What can be done to an account?"""

from datetime import datetime
from functools import partial

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from civic.ledger.record import record
from civic.people.facts import (
    AccountLapsed,
    AddressConfirmed,
    PasswordChanged,
    PersonRegistered,
)
from civic.people.models import Person
from civic.people.names import tidy
from civic.people.rules import (
    why_not_lapse,
    why_not_register,
)
from civic.places.models import Dong
from civic.refusals import Refused, insist

from .consents import forget_consents
from .holding import lock
from .keys import stop_every_token


def register_person(
    *, email: str, nickname: str, password: str | None, old_enough: bool, dong: Dong | None = None, at: datetime
) -> Person:
    """Open an account; the address still has to be confirmed. Without a password one signs in by mailed code.

    `old_enough`: the owner said to be 14 or older (개인정보 보호법 article 22-2); kept is when.
    """
    nickname = tidy(nickname)
    why_not = partial(why_not_register, email=email, nickname=nickname, old_enough=old_enough)
    insist(why_not())
    try:
        with transaction.atomic():
            person = Person.objects.create_user(
                email.lower(), nickname, password, dong=dong, date_joined=at, age_told_at=at
            )
            record(PersonRegistered(key="people"), state={}, concerns={person: {"as": "holder"}}, at=at)
    except IntegrityError as lost_race:
        refusal = why_not()
        if refusal is None:
            raise
        raise Refused(refusal) from lost_race
    return person


@transaction.atomic
def confirm_address(*, person: Person, at: datetime) -> None:
    """Take the person's address as confirmed without a mail: accounts of the demonstration and of the desk."""
    EmailAddress.objects.filter(user=person).exclude(email=person.email).update(primary=False)
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    record(AddressConfirmed(key="people"), state={}, concerns={person: {"as": "holder"}}, at=at)


@transaction.atomic
def change_password(*, person: Person, password: str | None, at: datetime) -> None:
    """Replace the password, or take it away (None), and with it every session and every key for a program.

    Whoever had the account before may have made keys: a new password is worth nothing while they work.
    """
    lock(person)
    person.set_password(password)  # sessions carry a digest of it
    person.save(update_fields=["password"])
    record(PasswordChanged(key="people"), state={}, concerns={person: {"as": "holder"}}, at=at)
    stop_every_token(person=person, at=at)


@transaction.atomic
def lapse_account(*, person: Person, days: int, at: datetime) -> None:
    """Remove an account that nobody confirmed within `days`: its nickname and address are free. The clock does it."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    list(EmailAddress.objects.select_for_update().filter(user=person))  # a code that is typed right now waits
    insist(why_not_lapse(person, days=days, at=at))
    forget_consents(person)
    person.delete()
    record(AccountLapsed(key="people"), state={}, concerns={}, at=at)
