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
    """Enough support: `department`, by its code, must answer before `due_at` (ISO 8601); empty where none is named."""

    supports: int
    due_at: str
    department: str = ""


@dataclass(frozen=True, kw_only=True)
class ProposalExpired(Fact):
    """The window closed without enough support."""

    supports: int


@dataclass(frozen=True, kw_only=True)
class ProposalWithdrawn(Fact):
    """Its author took it back, words and all, before the district had answered."""


@dataclass(frozen=True, kw_only=True)
class ProposalWordsGone(Fact):
    """Its author took the words back; what became of the proposal stands."""


@dataclass(frozen=True, kw_only=True)
class ProposalAdopted(Fact):
    """The district said yes, `days` after the threshold."""

    days: int


@dataclass(frozen=True, kw_only=True)
class ProposalDeclined(Fact):
    """The district said no, with a reason, `days` after the threshold."""

    days: int


@dataclass(frozen=True, kw_only=True)
class ProposalTransferred(Fact):
    """It was handed on to `department`, by its code; `before` had it, or is empty. The clock goes on."""

    department: str
    before: str


@dataclass(frozen=True, kw_only=True)
class ProposalCarried(Fact):
    """What came of an adopted proposal moved on; the proposal stands at `to` now."""

    to: str
