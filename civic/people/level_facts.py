"""What can become true of how sure it is who somebody is? Never who: the ledger's private part holds that."""

from dataclasses import dataclass
from typing import ClassVar

from civic.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PersonVerified(Fact):
    """Somebody was checked: level 2 at a counter or by letter, 3 by a provider. `key` is `people`."""

    audience: ClassVar[str] = "staff"
    level: int
    method: str


@dataclass(frozen=True, kw_only=True)
class VerificationWithdrawn(Fact):
    """A check that was wrong was taken back. `key` is `people`."""

    audience: ClassVar[str] = "staff"


@dataclass(frozen=True, kw_only=True)
class LettersSent(Fact):
    """So many letters with codes were printed. `key` is `people`."""

    audience: ClassVar[str] = "staff"
    number: int


@dataclass(frozen=True, kw_only=True)
class SheetTakenBack(Fact):
    """What the codes of a sheet did was undone: so many unused ones dropped, so many checks taken back.

    `key` is `people`, `sheet` the ledger's number of the `LettersSent` it is about.
    """

    audience: ClassVar[str] = "staff"
    sheet: int
    letters: int
    checks: int


@dataclass(frozen=True, kw_only=True)
class TieDeclared(Fact):
    """Somebody said where they live, work or study. `key` is `people`."""

    audience: ClassVar[str] = "staff"
    kind: str


@dataclass(frozen=True, kw_only=True)
class TieWithdrawn(Fact):
    """Somebody took that back. `key` is `people`."""

    audience: ClassVar[str] = "staff"
    kind: str
