"""What does the district say to it?"""

from datetime import datetime

from django.db import transaction

from civic.clocks.deadlines import days_between
from civic.people.models import Department, Person
from civic.people.queries import grant_for
from civic.proposals import facts, rules
from civic.proposals.models import Answer, Decision, Proposal, Transfer
from civic.proposals.states import State
from civic.refusals import insist
from civic.texts import clean_html, clean_line, why_not_clean

from .keeping import keep, locked, move, tell


@transaction.atomic
def adopt_proposal(
    *, by: Person, proposal: Proposal, reason: str, planned: str = "", headline: str = "", at: datetime
) -> Proposal:
    """Say yes, with a reason and a time."""
    proposal = _answer(Decision.ADOPTED, by, proposal, reason, planned, headline, at)
    tell(facts.ProposalAdopted, proposal, {by: {"as": "official"}}, at, days=_days_used(proposal))
    return proposal


@transaction.atomic
def decline_proposal(*, by: Person, proposal: Proposal, reason: str, headline: str = "", at: datetime) -> Proposal:
    """Say no, with a reason."""
    proposal = _answer(Decision.DECLINED, by, proposal, reason, "", headline, at)
    tell(facts.ProposalDeclined, proposal, {by: {"as": "official"}}, at, days=_days_used(proposal))
    return proposal


@transaction.atomic
def transfer_proposal(
    *, by: Person, proposal: Proposal, department: Department | None, reason: str, at: datetime
) -> Proposal:
    """Hand it on to another department (이송), with a reason that everybody reads. The answer's clock goes on."""
    proposal, reason = locked(proposal), clean_line(reason)
    insist(rules.why_not_transfer(by, proposal, department, reason))
    grant = grant_for(by, "official", proposal.scope)
    assert grant is not None  # the rule has asked
    assert department is not None  # and it has asked that too
    signed = {"official": by, "official_name": grant.signature, "office": grant.office, "phone": grant.phone}
    before, proposal.department = proposal.department_id, department
    Transfer.objects.create(proposal=proposal, before_id=before, to=department, reason=reason, at=at, **signed)
    proposal.transfers += 1
    codes = {"department": department.code, "before": before or ""}
    tell(facts.ProposalTransferred, proposal, {by: {"as": "official"}}, at, **codes)
    keep(proposal, "department_id", "transfers")
    return proposal


def _answer(
    decision: Decision, by: Person, proposal: Proposal, reason: str, planned: str, headline: str, at: datetime
) -> Proposal:
    proposal = locked(proposal)
    insist(why_not_clean(reason, "reason"))
    reason, headline, planned = clean_html(reason), clean_line(headline), clean_line(planned)
    insist(rules.why_not_answer(by, proposal) or rules.why_not_reason(reason, headline, planned))
    grant = grant_for(by, "official", proposal.scope)
    assert grant is not None  # the rule has asked
    Answer.objects.create(
        proposal=proposal,
        decision=decision,
        headline=headline,
        reason=reason,
        planned=planned,
        official=by,
        official_name=grant.signature,
        office=grant.office,
        phone=grant.phone,
        at=at,
    )
    proposal.decided_at = at
    move(proposal, State(decision), at)
    keep(proposal)
    return proposal


def _days_used(proposal: Proposal) -> int:
    assert proposal.reached_at is not None  # a check constraint holds it
    assert proposal.decided_at is not None
    return days_between(proposal.reached_at, proposal.decided_at)
