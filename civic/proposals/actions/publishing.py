"""How does a proposal come before the neighbours?"""

from datetime import datetime

from django.db import transaction

from civic.chain.actions import issue_code, place_node
from civic.clocks.deadlines import end_of_day_after
from civic.ledger.record import record
from civic.people.models import Person
from civic.places.models import Dong
from civic.policies.queries import policy_at
from civic.proposals import facts, rules
from civic.proposals.marks import live_state, marks, proposal_path
from civic.proposals.models import Proposal
from civic.proposals.words import Words
from civic.refusals import insist
from civic.threads.actions import open_thread


@transaction.atomic
def publish_proposal(*, by: Person, dong: Dong, category: str, words: Words, at: datetime) -> Proposal:
    """Put a proposal before the neighbours; the policy of this moment is pinned to it for good."""
    policy = policy_at(dong.district_id, at)
    insist(rules.why_not_propose(by, policy) or rules.why_not_publish(category, words, policy))
    assert policy is not None  # the rule has asked
    code = issue_code(prefix="P", at=at)
    proposal = Proposal.objects.create(
        code=code,
        thread=open_thread(key=f"thread:{code}", district=dong.district_id, level=policy.post_level),
        district_id=dong.district_id,
        dong=dong,
        category=category,
        author=by,
        title=words.title,
        problem=words.problem,
        solution=words.solution,
        expected_effect=words.expected_effect,
        policy=policy,
        published_at=at,
        moved_at=at,
        closes_at=end_of_day_after(at, policy.window_days),
    )
    if words.tags:
        proposal.tags.set(words.tags)
    _enter_chain(proposal)
    fact = facts.ProposalPublished(
        key=proposal.key, district=proposal.district_id, policy=policy.pk, dong=dong.code, category=category
    )
    record(fact, state=live_state(proposal), concerns={by: {"as": "author"}}, at=at)
    return proposal


def _enter_chain(proposal: Proposal) -> None:
    place_node(
        key=proposal.key,
        kind="proposal",
        district=proposal.district_id,
        title=proposal.title,
        state=proposal.state,
        path=proposal_path(proposal),
        marks=marks(proposal),
    )
