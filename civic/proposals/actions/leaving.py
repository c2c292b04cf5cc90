"""When does a proposal stop waiting?"""

from datetime import datetime

from django.db import transaction

from civic.chain.actions import move_node, rename_node
from civic.people.models import Person
from civic.proposals import facts, rules
from civic.proposals.models import Proposal, Tag
from civic.proposals.states import MOVES, State
from civic.proposals.words import WORDS_GONE
from civic.refusals import insist
from civic.threads.actions import close_thread
from civic.voting.actions import take_off_ballots

from .keeping import keep, locked, move, tell


@transaction.atomic
def expire_proposal(*, proposal: Proposal, at: datetime) -> Proposal:
    """Close a window that ran out without enough support. The clock does this, no person."""
    proposal = locked(proposal)
    insist(rules.why_not_expire(proposal, at=at))
    move(proposal, State.EXPIRED, at)
    tell(facts.ProposalExpired, proposal, {}, at, supports=proposal.supports)
    proposal.thread = close_thread(thread=proposal.thread, at=at)
    move_node(key=proposal.thread.key, state="closed", marks=())
    keep(proposal)
    return proposal


@transaction.atomic
def take_back_proposal(*, by: Person, proposal: Proposal, at: datetime) -> Proposal:
    """Take one's words away for good; what still waits for support or an answer is withdrawn with them.

    What the district and others said of it stays, and so does its number.
    """
    proposal = locked(proposal)
    insist(rules.why_not_take_back(by, proposal))
    gone = f"{WORDS_GONE} ({proposal.code})"  # two of them on one ballot are still two
    take_off_ballots(about=proposal.key, title=proposal.title, instead=gone, at=at)
    proposal.title, proposal.problem, proposal.solution, proposal.expected_effect = WORDS_GONE, "", "", ""
    _drop_tags(proposal)
    waits = State.WITHDRAWN in MOVES[State(proposal.state)]
    if waits:
        move(proposal, State.WITHDRAWN, at)
        proposal.due_at = None
    tell(facts.ProposalWithdrawn if waits else facts.ProposalWordsGone, proposal, {by: {"as": "author"}}, at)
    if waits:
        proposal.thread = close_thread(thread=proposal.thread, at=at)
        move_node(key=proposal.thread.key, state="closed", marks=())
    for key in (proposal.key, proposal.thread.key):
        rename_node(key=key, title=proposal.title)
    keep(proposal, "title", "problem", "solution", "expected_effect")
    return proposal


def _drop_tags(proposal: Proposal) -> None:
    """Its tags, and those words that nobody else uses: they may be a name."""
    words = list(proposal.tag_uses.values_list("tag", flat=True))
    proposal.tag_uses.all().delete()
    Tag.objects.filter(pk__in=words, uses__isnull=True).delete()
