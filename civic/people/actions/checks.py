"""How is it recorded that somebody was checked at the counter or by a provider, and how is that taken back?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from civic.people.level_facts import PersonVerified, VerificationWithdrawn
from civic.people.levels import CHECKED, PROVEN
from civic.people.models import Letter, Method, Person, PersonKey, Verification
from civic.people.person_key import NAMESAKES, Card, card_digests, subject_digests
from civic.people.rules.levels import (
    why_not_by_provider,
    why_not_card,
    why_not_check,
    why_not_key,
    why_not_take_back,
)
from civic.places.models import Dong
from civic.refusals import insist
from civic.texts import clean_line

from .holding import lock
from .raising import confirm_ties, keep_key, lower_level, raise_level, renew_key

CARD, PROVIDER = PersonKey.Source.CARD, PersonKey.Source.PROVIDER


@transaction.atomic
def verify_at_office(
    *, by: Person | None, person: Person, card: Card, district: str, ties: Mapping[str, Dong], at: datetime
) -> Verification:
    """Record that an official saw the person's card: method and day. The card itself is hashed and forgotten."""
    lock(person)
    insist(why_not_check(by, person, district, ties) or why_not_card(card, at=at))
    digests = card_digests(card)
    insist(why_not_key(person, CARD, digests))
    renew_key(digests)
    keep_key(person, CARD, digests[0])
    if card.namesake > 1:  # a code under way would make the same person another one
        Letter.objects.filter(person_key__in=card_digests(replace(card, namesake=1))).delete()
    confirm_ties(person, ties, Method.OFFICE, at)
    fact = PersonVerified(key="people", district=district, level=CHECKED, method=Method.OFFICE)
    return raise_level(person, fact, by=by, at=at)


@transaction.atomic
def verify_by_provider(
    *, by: Person, provider: str, subject: str, card: Card | None = None, at: datetime
) -> Verification:
    """Record that an identity provider knows the person: by its own name for them, and by the card where it tells.

    With the card, who was checked at a counter under another account is the same person; without it, only an account
    that was checked by a card before is taken further. A provider knows of no namesakes: the number that a counter
    gave this account stays, and the provider's own name tells who it is.
    """
    lock(by)
    known = {PROVIDER: subject_digests(provider, subject)}
    if card is not None and why_not_card(card, at=at):
        card = None  # what no counter could type tells nobody apart
    if card is not None:
        known[CARD] = _digests_of(by, card)
    insist(why_not_by_provider(by, card))
    for source, digests in known.items():
        insist(why_not_key(by, source, digests))
    for source, digests in known.items():
        renew_key(digests)
        keep_key(by, source, digests[0])
    fact = PersonVerified(key="people", level=PROVEN, method=Method.PROVIDER)
    return raise_level(by, fact, by=by, at=at)


@transaction.atomic
def take_back_check(*, by: Person, person: Person, reason: str, at: datetime) -> None:
    """Undo a check of one's own district that was wrong; the reason stands in the ledger's private part."""
    lock(person)
    reason = clean_line(reason)
    insist(why_not_take_back(by, person, reason=reason))
    fact = VerificationWithdrawn(key="people", district=person.verification.district)
    lower_level(person, fact, by=by, reason=reason, at=at)


def _digests_of(person: Person, card: Card) -> tuple[str, ...]:
    """Under the number by which a counter told this account from a namesake's, or under the card's own."""
    held = PersonKey.objects.filter(person=person, source=CARD).values_list("digest", flat=True).first()
    numbered = (card_digests(replace(card, namesake=number)) for number in range(1, NAMESAKES + 1))
    return next((digests for digests in numbered if held in digests), card_digests(card))
