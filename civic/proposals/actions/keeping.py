"""How do the verbs of a proposal write? One lock, one table of moves, one place in the chain."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from civic.chain.actions import move_node
from civic.ledger.facts import Fact
from civic.ledger.record import record
from civic.proposals.marks import live_state, marks
from civic.proposals.models import Proposal
from civic.proposals.states import MOVES, State


def locked(proposal: Proposal) -> Proposal:
    """The row as it is now; nobody else changes it until the transaction ends."""
    return Proposal.objects.select_for_update(of=("self",)).select_related("policy", "thread").get(pk=proposal.pk)


def move(proposal: Proposal, to: State, moment: datetime) -> None:
    """Refuses a move that is not in the table: a programming error, not a person's."""
    if to not in MOVES[State(proposal.state)]:
        raise ValueError(f"{proposal.code}: no way from {proposal.state} to {to}")
    proposal.state = to
    proposal.moved_at = moment


def keep(proposal: Proposal, *only: str) -> None:
    """Write the row and its place in the chain: two statements."""
    changed = (*only, "state", "moved_at", "reached_at", "due_at", "decided_at")
    Proposal.objects.filter(pk=proposal.pk).update(**{field: getattr(proposal, field) for field in changed})
    due_at = proposal.due_at if proposal.state == State.DEPT_REVIEW else None
    move_node(key=proposal.key, state=proposal.state, marks=marks(proposal), due_at=due_at)


def tell(
    fact: type[Fact], proposal: Proposal, concerns: Mapping[Model, Mapping[str, Any]], moment: datetime, **codes: Any
) -> None:
    """Record a fact with the whole state of the proposal."""
    told = fact(key=proposal.key, district=proposal.district_id, **codes)
    record(told, state=live_state(proposal), concerns=concerns, at=moment)
