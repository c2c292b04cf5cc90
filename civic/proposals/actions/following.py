"""What is said of a proposal, and what came of it?"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from civic.chain.actions import place_node
from civic.people.models import Person
from civic.proposals import facts, rules
from civic.proposals.marks import proposal_path, told_after
from civic.proposals.models import Proposal
from civic.proposals.states import State
from civic.refusals import insist
from civic.threads.actions import write_post
from civic.threads.models import Post

from .keeping import keep, locked, move, tell


@transaction.atomic
def discuss_proposal(
    *, by: Person, proposal: Proposal, stance: str, text: str, reply_to: int | None = None, at: datetime
) -> Post:
    """Say something in the proposal's thread, or answer what was said there; the wire counts it."""
    proposal = locked(proposal)
    post = write_post(by=by, thread=proposal.thread, stance=stance, text=text, reply_to=reply_to, at=at)
    proposal.thread = post.thread
    if post.thread.posts == 1:
        _enter_thread(proposal)
    keep(proposal)
    return post


@transaction.atomic
def carry_proposal(*, proposal: Proposal, to: State, after: Sequence[Mapping[str, Any]], at: datetime) -> Proposal:
    """Let an adopted proposal follow what came of it. The owner of the pilot does this, in its own transaction."""
    proposal = locked(proposal)
    insist(rules.why_not_carry(proposal, to))
    proposal.after = told_after(proposal.after, after)
    move(proposal, to, at)
    keep(proposal, "after")
    tell(facts.ProposalCarried, proposal, {}, at, to=str(to))
    return proposal


def note_after(proposal: Proposal, after: Sequence[Mapping[str, Any]]) -> None:
    """Keep the marks of what came of a proposal, whose own state stays: each owner sends those of its places."""
    proposal = locked(proposal)
    proposal.after = told_after(proposal.after, after)
    keep(proposal, "after")


def _enter_thread(proposal: Proposal) -> None:
    """With its first post the thread is a thing of its own: notices lead to it, the index counts it."""
    place_node(
        key=proposal.thread.key,
        kind="thread",
        district=proposal.district_id,
        title=proposal.title,
        state="open",
        path=f"{proposal_path(proposal)}#thread",
        marks=(),
    )
