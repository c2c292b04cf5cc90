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


def card_digests(card: Card) -> tuple[str, ...]:
    """The person's key by name and day of birth: by the secret of today first, then by earlier ones still honoured."""
    return _digests("card", _plain(card.name), card.born.isoformat(), str(card.namesake))


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
def _plain(name: str) -> str:
    """However it is spaced, cased or widened: the same name."""
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
