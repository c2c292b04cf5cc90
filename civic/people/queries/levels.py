"""How sure is it who stands behind an account, and to which dongs is the person tied?"""

from collections.abc import Collection

from django.db.models import QuerySet
from django.db.models.functions import Lower

from civic.people.levels import CHECKED, CONFIRMED, GUEST
from civic.people.models import Person, PersonKey, Tie, Verification
from civic.people.names import tidy
from civic.people.person_key import Card, card_digests

from .accounts import is_confirmed


def level_of(person: Person) -> int:
    """0 to 3. What a check gave stands in the account's own row; below that the address decides: one query."""
    if person.level >= CHECKED:
        return person.level
    return CONFIRMED if is_confirmed(person) else GUEST


def verification_of(person: Person) -> Verification | None:
    """How and when the person was checked."""
    return Verification.objects.filter(person=person).first()


def ties_of(person: Person) -> QuerySet[Tie]:
    """Where the person lives, works and studies, declared or confirmed."""
    return person.ties.select_related("dong__district").order_by("kind")


def known_as(nickname: str) -> Person | None:
    """The open account with this nickname."""
    named = Person.objects.alias(small=Lower("nickname")).filter(small=tidy(nickname).lower(), is_active=True)
    return named.first()


def holder_of(card: Card, districts: Collection[str]) -> Person | None:
    """The account that one of these districts checked with this card: for whoever lost the way into it."""
    checked = PersonKey.objects.filter(digest__in=card_digests(card), person__verification__district__in=districts)
    key = checked.select_related("person__verification").first()
    return key.person if key else None
