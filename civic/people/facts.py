"""What can become true about people? Never who: the ledger's private part holds that until it is erased."""

from dataclasses import dataclass
from typing import ClassVar

from civic.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(Fact):
    """Somebody opened an account. `key` is `people`."""

    audience: ClassVar[str] = "staff"


@dataclass(frozen=True, kw_only=True)
class AddressConfirmed(Fact):
    """Somebody's address counts as confirmed without a mail. `key` is `people`."""

    audience: ClassVar[str] = "staff"


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Fact):
    """Somebody's password was replaced or taken away. `key` is `people`."""

    audience: ClassVar[str] = "staff"


@dataclass(frozen=True, kw_only=True)
class FactorAdded(Fact):
    """An account has one more second step for signing in. `key` is `people`."""

    audience: ClassVar[str] = "staff"


@dataclass(frozen=True, kw_only=True)
class FactorRemoved(Fact):
    """An account has one second step less. `key` is `people`."""

    audience: ClassVar[str] = "staff"


@dataclass(frozen=True, kw_only=True)
class AccountLapsed(Fact):
    """An account went whose address nobody confirmed in time. `key` is `people`."""

    audience: ClassVar[str] = "staff"


@dataclass(frozen=True, kw_only=True)
class PersonCorrected(Fact):
    """Somebody put right what the account says; `what` names the fields. `key` is `people`."""

    audience: ClassVar[str] = "staff"
    what: str


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(Fact):
    """Somebody agreed to a version of a document. `key` is `consent:<kind>`."""

    audience: ClassVar[str] = "staff"
    version: int


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Fact):
    """Somebody took a consent back. `key` is `consent:<kind>`."""

    audience: ClassVar[str] = "staff"
    version: int


@dataclass(frozen=True, kw_only=True)
class AccountLinked(Fact):
    """Somebody signs in with an account elsewhere from now on. `key` is `people`."""

    audience: ClassVar[str] = "staff"
    provider: str


@dataclass(frozen=True, kw_only=True)
class AccountUnlinked(Fact):
    """Somebody signs in with that account elsewhere no more. `key` is `people`."""

    audience: ClassVar[str] = "staff"
    provider: str


@dataclass(frozen=True, kw_only=True)
class AccessReviewed(Fact):
    """Somebody went through a month's looks at personal data. `key` is `access:<year>-<month>`."""

    audience: ClassVar[str] = "staff"
    looks: int


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Fact):
    """Somebody holds a role, before `until` (ISO 8601) or without an end. `key` is `role:<code>:<scope>`.

    `stopped`: so many keys for programs that were made without a second step work no more.
    """

    audience: ClassVar[str] = "staff"
    role: str
    scope: str
    until: str = ""
    stopped: int = 0


@dataclass(frozen=True, kw_only=True)
class RoleRevoked(Fact):
    """Somebody no longer holds a role. `key` is `role:<code>:<scope>`."""

    audience: ClassVar[str] = "staff"
    role: str
    scope: str


@dataclass(frozen=True, kw_only=True)
class RoleExpired(Fact):
    """Somebody's role ended with its term. `key` is `role:<code>:<scope>`."""

    audience: ClassVar[str] = "staff"
    role: str
    scope: str


@dataclass(frozen=True, kw_only=True)
class TokenIssued(Fact):
    """Somebody made a key for a program. `key` is `token:<number>`; the key itself is nowhere."""

    audience: ClassVar[str] = "staff"


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Fact):
    """A program's key stopped working. `key` is `token:<number>`."""

    audience: ClassVar[str] = "staff"
