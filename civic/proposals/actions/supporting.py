"""Who stands behind a proposal?"""

from datetime import datetime

from django.db import transaction

from civic.clocks.deadlines import end_of_day_after
from civic.people.models import Person
from civic.people.queries import department_for
from civic.proposals import facts, rules
from civic.proposals.models import Proposal, Support
from civic.proposals.states import State
from civic.refusals import insist

from .keeping import keep, locked, move, tell


@transaction.atomic
def support_proposal(*, by: Person, proposal: Proposal, at: datetime) -> Proposal:
    """Add one voice; the one that reaches the threshold starts the department's clock."""
    proposal = locked(proposal)
    insist(rules.why_not_support(by, proposal, at=at))
    Support.objects.create(proposal=proposal, person=by, at=at)
    proposal.supports += 1
    reached = proposal.state == State.OPEN and proposal.supports >= proposal.policy.support_needed
    if reached:
        proposal.reached_at = at
        proposal.due_at = end_of_day_after(at, proposal.policy.answer_days)
        where = {"district": proposal.district_id, "category": proposal.category}
        proposal.department = department_for(kind="proposal", **where)
        move(proposal, State.DEPT_REVIEW, at)
    tell(facts.ProposalSupported, proposal, {by: {"as": "supporter"}}, at, supports=proposal.supports)
    if reached and proposal.due_at:
        codes = {"due_at": proposal.due_at.isoformat(), "department": proposal.department_id or ""}
        tell(facts.ProposalReachedThreshold, proposal, {}, at, supports=proposal.supports, **codes)
    keep(proposal, "supports", "department_id")
    return proposal


@transaction.atomic
def withdraw_support(*, by: Person, proposal: Proposal, at: datetime) -> Proposal:
    """Take one voice back. A threshold once reached stays reached."""
    proposal = locked(proposal)
    insist(rules.why_not_withdraw_support(by, proposal, at=at))
    Support.objects.filter(proposal=proposal, person=by).delete()
    proposal.supports -= 1
    tell(facts.SupportWithdrawn, proposal, {by: {"as": "supporter"}}, at, supports=proposal.supports)
    keep(proposal, "supports")
    return proposal
