"""Who changes a proposal? These verbs and nothing else."""

from .answering import adopt_proposal, decline_proposal, transfer_proposal
from .following import carry_proposal, discuss_proposal, note_after
from .leaving import expire_proposal, take_back_proposal
from .publishing import publish_proposal
from .supporting import support_proposal, withdraw_support

__all__ = [
    "adopt_proposal",
    "carry_proposal",
    "decline_proposal",
    "discuss_proposal",
    "expire_proposal",
    "note_after",
    "publish_proposal",
    "support_proposal",
    "take_back_proposal",
    "transfer_proposal",
    "withdraw_support",
]
