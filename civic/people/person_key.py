"""By which key is one person known, whatever the account? A keyed hash: nothing leads from it back to the person."""

import hmac
import re
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

_PURPOSE = b"livinglab person_key 1"  # the key is derived for this alone: no other signature of the site helps anybody
_UNSEEN = "\u115f\u1160\u3164\uffa0"  # fillers of Hangul: letters to Unicode, and nobody sees them
NAMESAKES = 9  # who share name and day of birth: more than anybody has heard of
CODE_DIGITS = 12  # of a mailed code: with five tries a day nobody guesses one of ten thousand open codes


@dataclass(frozen=True)
class Card:
    """What identifies a person on a card: held while it is hashed, and never written, printed or told.

    `namesake` tells people apart who share name and day of birth: 1, and 2 for the second of them.
    """

    name: str = field(repr=False)
    born: date = field(repr=False)
    namesake: int = field(default=1, repr=False)


@sensitive_variables()
def name_alone(name: str) -> str:
    """A name as it is read out: without what stands in brackets beside it, and without marks that nobody sees."""
    said = unicodedata.normalize("NFKC", name)
    opens = next((n for n, mark in enumerate(said) if unicodedata.category(mark) == "Ps"), len(said))
    return "".join(mark for mark in said[:opens] if mark.isprintable() and mark not in _UNSEEN).strip()


@sensitive_variables()
def plain_name(name: str) -> str:
    """The letters by which somebody is known, however they are spaced, marked, cased or widened.

    A card says 홍길동(洪吉童) where a list of addressees says 홍길동. Of Latin letters the order does not count either:
    the card of Jisoo Kim says KIM JISOO.
    """
    apart = unicodedata.normalize("NFKD", name_alone(name))
    letters = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark.isalpha())).casefold()
    return "".join(sorted(letters)) if letters.isascii() else letters


@sensitive_variables()
def card_digests(card: Card) -> tuple[str, ...]:
    """The person's key by name and day of birth: today's first, then those by earlier secrets still honoured.

    Keys of before names were reduced to their letters are found where the name is typed as it was then.
    """
    digests: tuple[str, ...] = ()
    for name in dict.fromkeys((plain_name(card.name), _as_typed(card.name))):
        digests += _digests("card", name, card.born.isoformat(), str(card.namesake))
    return digests


def namesake_digests(card: Card, *, first: int = 1) -> list[str]:
    """The keys of everybody who shares name and day of birth, from that number on."""
    numbered = (card_digests(replace(card, namesake=number)) for number in range(first, NAMESAKES + 1))
    return [digest for digests in numbered for digest in digests]


def subject_digests(provider: str, subject: str) -> tuple[str, ...]:
    """The person's key by what an identity provider calls them (its DI or subject, never CI)."""
    return _digests("provider", provider, subject)


@sensitive_variables()
def code_digests(code: str) -> tuple[str, ...]:
    """Under what a mailed code is kept; dashes and spaces do not count."""
    return _digests("code", re.sub(r"\D", "", unicodedata.normalize("NFKC", code)))


@sensitive_variables()
def new_code() -> str:
    """A code for a letter, in groups of four digits: a Korean keyboard writes no Latin letters."""
    digits = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    return "-".join(digits[n : n + 4] for n in range(0, CODE_DIGITS, 4))


@sensitive_variables()
def _as_typed(name: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)).casefold()


@sensitive_variables()
def _digests(*said: str) -> tuple[str, ...]:
    message, digests = "\0".join(said).encode(), []
    for key in _keys():  # no comprehension: its frame would show the message
        digests.append(hmac.new(key, message, sha256).hexdigest())
    return tuple(digests)


def _keys() -> Iterator[bytes]:
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield hmac.new(str(secret).encode(), _PURPOSE, sha256).digest()
