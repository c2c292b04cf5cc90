"""What can become true of a proposal?"""

from dataclasses import dataclass

from civic.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ProposalPublished(Fact):
    """A resident put a proposal before the neighbours, under the policy row named here."""

    policy: int
    dong: str
    category: str


@dataclass(frozen=True, kw_only=True)
class ProposalSupported(Fact):
    """One more person supports it; `supports` is the count after."""

    supports: int


@dataclass(frozen=True, kw_only=True)
class SupportWithdrawn(Fact):
    """One person took the support back; `supports` is the count after."""

    supports: int


@dataclass(frozen=True, kw_only=True)
class ProposalReachedThreshold(Fact):
    """Enough support: the department must answer before `due_at` (ISO 8601)."""

    supports: int
    due_at: str


@dataclass(frozen=True, kw_only=True)
class ProposalExpired(Fact):
    """The window closed without enough support."""

    supports: int


@dataclass(frozen=True, kw_only=True)
class ProposalAdopted(Fact):
    """The district said yes, `days` after the threshold."""

    days: int


@dataclass(frozen=True, kw_only=True)
class ProposalDeclined(Fact):
    """The district said no, with a reason, `days` after the threshold."""

    days: int


@dataclass(frozen=True, kw_only=True)
class ProposalCarried(Fact):
    """What came of an adopted proposal moved on; the proposal stands at `to` now."""

    to: str
