"""What can become true of personal data? Never whose it was, beyond a random id."""

from dataclasses import dataclass, field
from typing import ClassVar

from civic.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PersonErased(Fact):
    """Somebody left for good, and what led to them is gone. `key` is `people`; who it was is written nowhere here.

    `by` is `self`, `clock` or `restore` (a backup had brought them back), `texts` what became of their public words.
    """

    audience: ClassVar[str] = "staff"
    by: str
    texts: str


@dataclass(frozen=True, kw_only=True)
class RetentionSet(Fact):
    """A kind of data is kept for so many days from now on. `key` is `retention:<code>`."""

    audience: ClassVar[str] = "staff"
    days: int
    before: int


@dataclass(frozen=True, kw_only=True)
class DataDestroyed(Fact):
    """What was kept long enough is gone: a line of the destruction ledger. `key` is `retention:<code>`.

    `by` is `clock`, `command` or `restore`; `ids` are public numbers of faults, proposals and votes, empty for
    accounts.
    """

    audience: ClassVar[str] = "staff"
    number: int
    days: int
    by: str
    ids: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class InactivityTold(Fact):
    """So many people were told that an account nobody uses will go. `key` is `retention:inactive_notice`."""

    audience: ClassVar[str] = "staff"
    number: int


@dataclass(frozen=True, kw_only=True)
class AffectedListed(Fact):
    """A list of whom a breach concerns was made: for who is told within 72 hours. `which`: `everybody` or `looks`."""

    audience: ClassVar[str] = "staff"
    which: str
    number: int
