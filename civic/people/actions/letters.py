"""How does a code come into a letter, and out of it again? Kept as a hash, used once, over after thirty days."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from civic.ledger.record import record
from civic.people.level_facts import LettersSent, PersonVerified
from civic.people.levels import CHECKED
from civic.people.models import CodeTries, Letter, Method, Person, PersonKey, Tie, Verification
from civic.people.person_key import Card, card_digests, code_digests, new_code
from civic.people.rules.levels import LETTER_DAYS, TRIES_IN, why_not_send, why_not_try, why_not_use
from civic.places.models import Dong
from civic.refusals import Refusal, Refused, insist

from .holding import lock
from .raising import confirm_ties, keep_key, raise_level, renew_key


@dataclass(frozen=True)
class Sheet:
    """Codes in the order of the people they are for, and under which number the ledger knows that they were printed."""

    number: int
    codes: list[str] = field(repr=False)


@transaction.atomic
@sensitive_variables("codes", "code")
def send_letters(*, by: Person, dong: Dong, cards: Sequence[Card], lines: Sequence[int] = (), at: datetime) -> Sheet:
    """Make a code for each person a letter goes to, and return them: the only time they can be read.

    `lines` are the lines on which the cards were typed, where some were left blank.
    """
    insist(why_not_send(by, dong, cards, lines=lines, at=at))
    fact = LettersSent(key="people", district=dong.district_id, number=len(cards))
    sheet = record(fact, state={"number": len(cards)}, concerns={by: {"as": "officer"}}, at=at).pk
    codes = [new_code() for _card in cards]
    for card, code in zip(cards, codes, strict=True):
        digests = card_digests(card)
        renew_key(digests)
        Letter.objects.filter(person_key__in=digests).delete()  # a new letter replaces the one before
        Letter.objects.create(
            digest=code_digests(code)[0],
            person_key=digests[0],
            dong=dong,
            sheet=sheet,
            sent_at=at,
            expires_at=at + timedelta(days=LETTER_DAYS),
        )
    return Sheet(sheet, codes)


@sensitive_variables("code")
def redeem_letter(*, by: Person, code: str, at: datetime) -> Verification:
    """Use the code of a letter. One that does not work counts among the tries of the day, and is kept nowhere."""
    used = _use(by, code, at)
    if isinstance(used, Refusal):
        raise Refused(used)
    return used


def forget_letters(*, at: datetime) -> int:
    """Drop codes that are over, and days of trying; returns how many."""
    CodeTries.objects.filter(since__lte=at - TRIES_IN).delete()
    return Letter.objects.filter(expires_at__lte=at).delete()[0]


@transaction.atomic
@sensitive_variables("code")
def _use(by: Person, code: str, at: datetime) -> Verification | Refusal:
    """A refusal is returned, not raised: what it counted has to stay.

    A code made with an earlier secret is over: the key beside it could no longer be compared with today's.
    """
    lock(by)  # one's own tries wait for each other here
    tries = CodeTries.objects.filter(person=by).first()
    insist(why_not_try(by, tries, at=at))
    letter = Letter.objects.select_for_update(of=("self",)).select_related("dong")
    found = letter.filter(digest=code_digests(code)[0]).first()
    if refusal := why_not_use(by, found, at=at):
        _count(by, tries, at)
        return refusal
    assert found is not None  # the rule has asked
    keep_key(by, PersonKey.Source.CARD, found.person_key)
    confirm_ties(by, {Tie.Kind.LIVES: found.dong}, Method.LETTER, at)
    found.delete()
    fact = PersonVerified(key="people", district=found.dong.district_id, level=CHECKED, method=Method.LETTER)
    return raise_level(by, fact, by=by, sheet=found.sheet, at=at)


def _count(person: Person, tries: CodeTries | None, at: datetime) -> None:
    if tries is None or at >= tries.since + TRIES_IN:
        CodeTries.objects.update_or_create(person=person, defaults={"since": at, "number": 1})
    else:
        CodeTries.objects.filter(pk=tries.pk).update(number=tries.number + 1)
