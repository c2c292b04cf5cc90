"""What can become true of a policy?"""

from dataclasses import dataclass

from civic.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PolicySet(Fact):
    """A district promised new figures from a moment on."""

    valid_from: str
    support_needed: int
    window_days: int
    answer_days: int
