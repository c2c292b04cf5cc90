"""What is written when somebody was checked? A keyed hash, a level, what ties the person to a dong; and what goes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from civic.ledger.record import record
from civic.people.level_facts import PersonVerified, VerificationWithdrawn
from civic.people.models import Letter, Person, PersonKey, Tie, Verification
from civic.people.queries import PLACE, agrees_to
from civic.people.rules.levels import NOT_VERIFIED
from civic.places.models import Dong
from civic.refusals import Refused


def keep_key(person: Person, source: str, digest: str) -> None:
    """Give the account its key; the database has the last word on whose it is."""
    try:
        with transaction.atomic():
            PersonKey.objects.get_or_create(person=person, source=source, defaults={"digest": digest})
    except IntegrityError as lost_race:
        raise Refused(NOT_VERIFIED) from lost_race


def renew_key(digests: Sequence[str]) -> None:
    """A key made by an earlier secret or spelling becomes today's: a letter holds one alone, and has to find it.

    Letters with such a key are over: it would be another person's.
    """
    today, *earlier = digests
    Letter.objects.filter(person_key__in=earlier).delete()
    if not PersonKey.objects.filter(digest=today).exists():
        kept = PersonKey.objects.filter(digest__in=earlier).values("pk")[:1]
        PersonKey.objects.filter(pk__in=kept).update(digest=today)


@transaction.atomic
def raise_level(
    person: Person, fact: PersonVerified, *, by: Person | None, sheet: int | None = None, at: datetime
) -> Verification:
    """Record the check that the fact tells of; a higher level that was reached before stays.

    The district that has seen the card stays too, whatever a provider says: it can take the check back. So does the
    `sheet` on which the code stood, until a counter has seen the card: a letter that comes later changes nothing then.
    """
    told: dict[str, Any] = {"level": fact.level, "method": fact.method, "at": at}
    seen = {"district": fact.district, "sheet": sheet}
    check, made = Verification.objects.get_or_create(person=person, defaults=told | seen)
    at_counter = bool(check.district) and check.sheet is None
    if not made and not (sheet and at_counter):
        changed = (told if fact.level >= check.level else {}) | (seen if fact.district else {})
        Verification.objects.filter(pk=check.pk).update(**changed)
        check.refresh_from_db()
    person.level = check.level
    Person.objects.filter(pk=person.pk).update(level=check.level)
    concerns: dict[Model, Mapping[str, str]] = {person: {"as": "holder"}}
    if by is not None and by != person:
        concerns[by] = {"as": "officer"}
    record(fact, state={"level": fact.level}, concerns=concerns, at=at)
    return check


@transaction.atomic
def lower_level(person: Person, fact: VerificationWithdrawn, *, by: Person, reason: str, at: datetime) -> None:
    """Take away what a check gave, as the fact tells; the reason stands in the ledger's private part."""
    Verification.objects.filter(person=person).delete()
    PersonKey.objects.filter(person=person).delete()
    Tie.objects.filter(person=person).update(confirmed_at=None, method="")
    Person.objects.filter(pk=person.pk).update(level=Person._meta.get_field("level").default)
    concerns: dict[Model, Mapping[str, str]] = {person: {"as": "holder", "reason": reason}}
    if by != person:
        concerns[by] = {"as": "officer"}
    record(fact, state={}, concerns=concerns, at=at)


def confirm_ties(person: Person, ties: Mapping[str, Dong], method: str, at: datetime) -> None:
    """What was shown at the counter, or where the letter arrived, counts as confirmed; kept for who agreed to that."""
    if not ties or not agrees_to(person, PLACE):
        return
    for kind, dong in ties.items():
        shown = {"dong": dong, "confirmed_at": at, "method": method}
        Tie.objects.update_or_create(
            person=person, kind=kind, defaults=shown, create_defaults={**shown, "declared_at": at}
        )
