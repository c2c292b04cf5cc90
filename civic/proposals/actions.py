"""Who changes a proposal? These verbs and nothing else."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from civic.chain.actions import issue_code, move_node, place_node, rename_node
from civic.clocks.deadlines import days_between, end_of_day_after
from civic.ledger.facts import Fact
from civic.ledger.record import record
from civic.people.models import Department, Person
from civic.people.queries import department_for, grant_for
from civic.places.models import Dong
from civic.policies.queries import policy_at
from civic.refusals import insist
from civic.texts import clean_html, clean_line, why_not_clean
from civic.threads.actions import close_thread, open_thread, write_post
from civic.threads.models import Post
from civic.voting.actions import take_off_ballots

from . import facts, rules
from .marks import live_state, marks, proposal_path, told_after
from .models import Answer, Decision, Proposal, Support, Tag, Transfer
from .states import MOVES, State
from .words import WORDS_GONE, Words


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


@transaction.atomic
def support_proposal(*, by: Person, proposal: Proposal, at: datetime) -> Proposal:
    """Add one voice; the one that reaches the threshold starts the department's clock."""
    proposal = _locked(proposal)
    insist(rules.why_not_support(by, proposal, at=at))
    Support.objects.create(proposal=proposal, person=by, at=at)
    proposal.supports += 1
    reached = proposal.state == State.OPEN and proposal.supports >= proposal.policy.support_needed
    if reached:
        proposal.reached_at = at
        proposal.due_at = end_of_day_after(at, proposal.policy.answer_days)
        where = {"district": proposal.district_id, "category": proposal.category}
        proposal.department = department_for(kind="proposal", **where)
        _move(proposal, State.DEPT_REVIEW, at)
    _tell(facts.ProposalSupported, proposal, {by: {"as": "supporter"}}, at, supports=proposal.supports)
    if reached and proposal.due_at:
        codes = {"due_at": proposal.due_at.isoformat(), "department": proposal.department_id or ""}
        _tell(facts.ProposalReachedThreshold, proposal, {}, at, supports=proposal.supports, **codes)
    _keep(proposal, "supports", "department_id")
    return proposal


@transaction.atomic
def withdraw_support(*, by: Person, proposal: Proposal, at: datetime) -> Proposal:
    """Take one voice back. A threshold once reached stays reached."""
    proposal = _locked(proposal)
    insist(rules.why_not_withdraw_support(by, proposal, at=at))
    Support.objects.filter(proposal=proposal, person=by).delete()
    proposal.supports -= 1
    _tell(facts.SupportWithdrawn, proposal, {by: {"as": "supporter"}}, at, supports=proposal.supports)
    _keep(proposal, "supports")
    return proposal


@transaction.atomic
def adopt_proposal(
    *, by: Person, proposal: Proposal, reason: str, planned: str = "", headline: str = "", at: datetime
) -> Proposal:
    """Say yes, with a reason and a time."""
    proposal = _answer(Decision.ADOPTED, by, proposal, reason, planned, headline, at)
    _tell(facts.ProposalAdopted, proposal, {by: {"as": "official"}}, at, days=_days_used(proposal))
    return proposal


@transaction.atomic
def decline_proposal(*, by: Person, proposal: Proposal, reason: str, headline: str = "", at: datetime) -> Proposal:
    """Say no, with a reason."""
    proposal = _answer(Decision.DECLINED, by, proposal, reason, "", headline, at)
    _tell(facts.ProposalDeclined, proposal, {by: {"as": "official"}}, at, days=_days_used(proposal))
    return proposal


@transaction.atomic
def transfer_proposal(
    *, by: Person, proposal: Proposal, department: Department | None, reason: str, at: datetime
) -> Proposal:
    """Hand it on to another department (이송), with a reason that everybody reads. The answer's clock goes on."""
    proposal, reason = _locked(proposal), clean_line(reason)
    insist(rules.why_not_transfer(by, proposal, department, reason))
    grant = grant_for(by, "official", proposal.scope)
    assert grant is not None  # the rule has asked
    assert department is not None  # and it has asked that too
    signed = {"official": by, "official_name": grant.signature, "office": grant.office, "phone": grant.phone}
    before, proposal.department = proposal.department_id, department
    Transfer.objects.create(proposal=proposal, before_id=before, to=department, reason=reason, at=at, **signed)
    proposal.transfers += 1
    codes = {"department": department.code, "before": before or ""}
    _tell(facts.ProposalTransferred, proposal, {by: {"as": "official"}}, at, **codes)
    _keep(proposal, "department_id", "transfers")
    return proposal


@transaction.atomic
def discuss_proposal(
    *, by: Person, proposal: Proposal, stance: str, text: str, reply_to: int | None = None, at: datetime
) -> Post:
    """Say something in the proposal's thread, or answer what was said there; the wire counts it."""
    proposal = _locked(proposal)
    post = write_post(by=by, thread=proposal.thread, stance=stance, text=text, reply_to=reply_to, at=at)
    proposal.thread = post.thread
    if post.thread.posts == 1:
        _enter_thread(proposal)
    _keep(proposal)
    return post


@transaction.atomic
def carry_proposal(*, proposal: Proposal, to: State, after: Sequence[Mapping[str, Any]], at: datetime) -> Proposal:
    """Let an adopted proposal follow what came of it. The owner of the pilot does this, in its own transaction."""
    proposal = _locked(proposal)
    insist(rules.why_not_carry(proposal, to))
    proposal.after = told_after(proposal.after, after)
    _move(proposal, to, at)
    _keep(proposal, "after")
    _tell(facts.ProposalCarried, proposal, {}, at, to=str(to))
    return proposal


def note_after(proposal: Proposal, after: Sequence[Mapping[str, Any]]) -> None:
    """Keep the marks of what came of a proposal, whose own state stays: each owner sends those of its places."""
    proposal = _locked(proposal)
    proposal.after = told_after(proposal.after, after)
    _keep(proposal, "after")


@transaction.atomic
def expire_proposal(*, proposal: Proposal, at: datetime) -> Proposal:
    """Close a window that ran out without enough support. The clock does this, no person."""
    proposal = _locked(proposal)
    insist(rules.why_not_expire(proposal, at=at))
    _move(proposal, State.EXPIRED, at)
    _tell(facts.ProposalExpired, proposal, {}, at, supports=proposal.supports)
    proposal.thread = close_thread(thread=proposal.thread, at=at)
    move_node(key=proposal.thread.key, state="closed", marks=())
    _keep(proposal)
    return proposal


@transaction.atomic
def take_back_proposal(*, by: Person, proposal: Proposal, at: datetime) -> Proposal:
    """Take one's words away for good; what still waits for support or an answer is withdrawn with them.

    What the district and others said of it stays, and so does its number.
    """
    proposal = _locked(proposal)
    insist(rules.why_not_take_back(by, proposal))
    gone = f"{WORDS_GONE} ({proposal.code})"  # two of them on one ballot are still two
    take_off_ballots(about=proposal.key, title=proposal.title, instead=gone, at=at)
    proposal.title, proposal.problem, proposal.solution, proposal.expected_effect = WORDS_GONE, "", "", ""
    drop_tags(proposal)
    waits = State.WITHDRAWN in MOVES[State(proposal.state)]
    if waits:
        _move(proposal, State.WITHDRAWN, at)
        proposal.due_at = None
    _tell(facts.ProposalWithdrawn if waits else facts.ProposalWordsGone, proposal, {by: {"as": "author"}}, at)
    if waits:
        proposal.thread = close_thread(thread=proposal.thread, at=at)
        move_node(key=proposal.thread.key, state="closed", marks=())
    for key in (proposal.key, proposal.thread.key):
        rename_node(key=key, title=proposal.title)
    _keep(proposal, "title", "problem", "solution", "expected_effect")
    return proposal


def _locked(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update(of=("self",)).select_related("policy", "thread").get(pk=proposal.pk)


def _answer(
    decision: Decision, by: Person, proposal: Proposal, reason: str, planned: str, headline: str, at: datetime
) -> Proposal:
    proposal = _locked(proposal)
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
    _move(proposal, State(decision), at)
    _keep(proposal)
    return proposal


def _move(proposal: Proposal, to: State, at: datetime) -> None:
    """Refuses a move that is not in the table: a programming error, not a person's."""
    if to not in MOVES[State(proposal.state)]:
        raise ValueError(f"{proposal.code}: no way from {proposal.state} to {to}")
    proposal.state = to
    proposal.moved_at = at


def _keep(proposal: Proposal, *only: str) -> None:
    """Write the row and its place in the chain: two statements."""
    changed = (*only, "state", "moved_at", "reached_at", "due_at", "decided_at")
    Proposal.objects.filter(pk=proposal.pk).update(**{field: getattr(proposal, field) for field in changed})
    move_node(key=proposal.key, state=proposal.state, marks=marks(proposal))


def _tell(
    fact: type[Fact], proposal: Proposal, concerns: Mapping[Model, Mapping[str, Any]], at: datetime, **codes: Any
) -> None:
    told = fact(key=proposal.key, district=proposal.district_id, **codes)
    record(told, state=live_state(proposal), concerns=concerns, at=at)


def drop_tags(proposal: Proposal) -> None:
    """Its tags, and those words that nobody else uses: they may be a name."""
    words = list(proposal.tag_uses.values_list("tag", flat=True))
    proposal.tag_uses.all().delete()
    Tag.objects.filter(pk__in=words, uses__isnull=True).delete()


def _days_used(proposal: Proposal) -> int:
    assert proposal.reached_at is not None  # a check constraint holds it
    assert proposal.decided_at is not None
    return days_between(proposal.reached_at, proposal.decided_at)


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
