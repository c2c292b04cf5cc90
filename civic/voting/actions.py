"""Who runs a vote, and who votes? An official, a voter, or nobody (`by` None): the clock, the installation."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model

from civic.chain.actions import link_nodes, move_node, place_node
from civic.ledger.facts import Fact
from civic.ledger.receipts import drop_receipts
from civic.ledger.record import record
from civic.people.models import Person
from civic.places.models import District
from civic.policies.queries import policy_at
from civic.refusals import insist

from . import facts, rules
from .drafts import RoundDraft
from .marks import live_state, marks, receipt_prefix, round_path
from .models import OpenBallot, Option, Outcome, Participation, Round, UrnBallot
from .queries import lost_voices, option_titles, subjects
from .states import MOVES, State
from .tally import tally
from .traces import overwrite_deleted, wipe_is_owed, wipe_traces
from .trackers import new_tracker


@transaction.atomic
def draft_round(*, by: Person | None, district: District, draft: RoundDraft, at: datetime) -> Round:
    """Make a round with its options; nobody but the desk sees it yet."""
    taken = Round.objects.filter(slug=draft.slug).exists()
    insist(rules.why_not_draft(by, district.code, draft, at=at, slug_taken=taken))
    round = Round.objects.create(district=district, **_without(draft, "options"))
    Option.objects.bulk_create(
        Option(round=round, number=number, lon=lon, lat=lat, **_without(option, "point"))
        for number, option in enumerate(draft.options, start=1)
        for lon, lat in [option.point or (None, None)]
    )
    _tell(facts.RoundDrafted, round, by, at, options=len(draft.options))
    return round


@transaction.atomic
def announce_round(*, by: Person | None, round: Round, at: datetime) -> Round:
    """Show a vote to everybody; its rule and its options stand still from now on, and the policy is pinned."""
    round = _locked(round)
    _announce(by, round, at)
    _keep(round, "announced_at", "policy")
    return round


@transaction.atomic
def open_round(*, by: Person | None, round: Round, at: datetime) -> Round:
    """Take ballots from now on: in time, or earlier where somebody in office says so."""
    round = _locked(round)
    insist(rules.why_not_move(by, round, State.OPEN, at=at))
    if round.announced_at is None:
        _announce(by, round, at)
    _move(round, State.OPEN)
    round.opens_at, round.opened_at = min(round.opens_at, at), at
    _tell(facts.RoundOpened, round, by, at, closes=round.closes_at.isoformat())
    _keep(round, "announced_at", "policy", "opens_at", "opened_at")
    return round


@transaction.atomic
def cast_ballot(*, by: Person, round: Round, choices: Sequence[int], at: datetime) -> OpenBallot:
    """Choose among the options, by their ids; a ballot cast before is replaced and keeps its tracker.

    The first one counts into the turnout, by a fact with neither person nor time; a changed one is no fact.
    """
    round = _locked(round)
    options = list(Option.objects.filter(round=round).order_by("number").values_list("pk", flat=True))
    insist(rules.why_not_vote(by, round, at=at) or rules.why_not_choose(round, choices, options))
    picked = [option for option in options if option in choices]  # in the announced order, not in that of the clicks
    participation, first = Participation.objects.get_or_create(round=round, person=by)
    if not first:
        OpenBallot.objects.filter(participation=participation).update(choices=picked)
        return OpenBallot.objects.get(participation=participation)
    ballot = OpenBallot.objects.create(participation=participation, tracker=new_tracker(), choices=picked)
    round.turnout += 1
    assert round.opened_at is not None  # the rule has asked
    _tell(facts.BallotCast, round, None, round.opened_at)
    _keep(round, "turnout")
    return ballot


@transaction.atomic
def withdraw_ballot(*, by: Person, round: Round, at: datetime) -> Round:
    """Take one's ballot out of an open round, as if one had never voted: for who leaves the site for good."""
    round = _locked(round)
    insist(rules.why_not_withdraw_ballot(by, round, at=at))
    _take_out(round, Participation.objects.get(round=round, person=by))
    _keep(round, "turnout")
    return round


@transaction.atomic
def take_off_ballots(*, about: str, title: str, instead: str, at: datetime) -> None:
    """Put `instead` wherever `title` came onto a ballot from what is taken away; options, ballots and votes stay.

    Whatever the state of the round: a title is no part of the count. One that the desk wrote itself is the desk's.
    """
    for round in Round.objects.filter(pk__in=option_titles(about, title).values("round")).order_by("pk"):
        round = _locked(round)
        option_titles(about, title).filter(round=round).update(title=instead)
        _tell(facts.OptionWordsGone, round, None, at, about=about)


@transaction.atomic
def close_round(*, by: Person | None, round: Round, at: datetime) -> Round:
    """Take no more ballots, and part every ballot from its voter for good.

    Where a check was taken back the ballot goes by a reaction, and at the latest here: behind it the same person may
    have voted from another account.
    """
    round = _locked(round)
    insist(rules.why_not_move(by, round, State.CLOSED, at=at))
    for lost in lost_voices(round):
        _take_out(round, lost)
    _move(round, State.CLOSED)
    round.closed_at = at
    _seal_urn(round, at)
    _tell(facts.RoundClosed, round, by, at, turnout=round.turnout)
    _keep(round, "closed_at", "turnout")
    return round


def wipe_closed_rounds(*, at: datetime) -> int:
    """Make the database's files forget the ballots of rounds that closed; returns how many rounds are done with.

    For outside a transaction. Where it fails the rounds stay due, and the clock asks again; so it does where what was
    deleted otherwise is still owed.
    """
    due = list(Round.objects.filter(closed_at__isnull=False, wiped_at__isnull=True).values_list("pk", flat=True))
    if not (due or wipe_is_owed()) or not wipe_traces():
        return 0
    return Round.objects.filter(pk__in=due).update(wiped_at=at)


@transaction.atomic
def count_round(*, by: Person | None, round: Round, at: datetime) -> Round:
    """Count the urn by the announced rule; the desk sees the result, nobody else does yet."""
    round = _locked(round)
    insist(rules.why_not_move(by, round, State.COUNTED, at=at))
    rows = {option.pk: option for option in Option.objects.filter(round=round).order_by("number")}
    ballots = UrnBallot.objects.filter(round=round).values_list("choices", flat=True)
    for counted in tally(ballots, list(rows), seats=round.seats, quorum=round.quorum):
        option = rows[counted.option]
        option.votes, option.tied = counted.votes, counted.tied
        option.outcome = Outcome.CHOSEN if counted.chosen else Outcome.NOT_CHOSEN
    Option.objects.bulk_update(rows.values(), ["votes", "tied", "outcome"])
    _move(round, State.COUNTED)
    round.counted_at = at
    _tell(facts.RoundCounted, round, by, at, turnout=round.turnout)
    _keep(round, "counted_at")
    return round


@transaction.atomic
def publish_round(*, by: Person | None, round: Round, at: datetime) -> Round:
    """Show the result to everybody; who took part and whose proposals it was about are told."""
    round = _locked(round)
    insist(rules.why_not_move(by, round, State.PUBLISHED, at=at))
    result = list(Option.objects.filter(round=round).order_by("number").values_list("number", "votes", "outcome"))
    _move(round, State.PUBLISHED)
    round.published_at = at
    votes = tuple(votes or 0 for _number, votes, _outcome in result)
    chosen = tuple(number for number, _votes, outcome in result if outcome == Outcome.CHOSEN)
    _tell(facts.RoundPublished, round, by, at, turnout=round.turnout, votes=votes, chosen=chosen)
    _keep(round, "published_at")
    return round


def _locked(round: Round) -> Round:
    """Ballots, closing and counting wait for each other here."""
    return Round.objects.select_for_update(of=("self",)).select_related("policy").get(pk=round.pk)


def _announce(by: Person | None, round: Round, at: datetime) -> None:
    policy = policy_at(round.district_id, at)
    insist(rules.why_not_announce(by, round, policy, at=at))
    assert policy is not None  # the rule has asked
    round.announced_at, round.policy = at, policy
    _enter_chain(round)
    opens, closes = round.opens_at.isoformat(), round.closes_at.isoformat()
    _tell(facts.RoundAnnounced, round, by, at, opens=opens, closes=closes, policy=policy.pk)


def _take_out(round: Round, participation: Participation) -> None:
    """The ballot goes with the participation, as if nobody had voted; the caller keeps the turnout."""
    overwrite_deleted()
    participation.delete()
    round.turnout -= 1
    assert round.opened_at is not None  # a ballot was cast
    _tell(facts.BallotWithdrawn, round, None, round.opened_at)


def _seal_urn(round: Round, at: datetime) -> None:
    """Move the ballots into the urn in the order of their trackers, which is chance, and drop what led to a person.

    That is the open ballots, and the answers kept for programs that might repeat a request.
    """
    overwrite_deleted()
    mine = OpenBallot.objects.filter(participation__round=round)
    shuffled = mine.order_by("tracker").values_list("tracker", "choices")
    UrnBallot.objects.bulk_create(UrnBallot(round=round, tracker=code, choices=choices) for code, choices in shuffled)
    mine.delete()
    drop_receipts(prefix=receipt_prefix(round))
    transaction.on_commit(partial(wipe_closed_rounds, at=at), robust=True)


def _move(round: Round, to: State) -> None:
    """Refuses a move that is not in the table: a programming error, not a person's."""
    if to not in MOVES[State(round.state)]:
        raise ValueError(f"{round.slug}: no way from {round.state} to {to}")
    round.state = to


def _keep(round: Round, *only: str) -> None:
    """Write the row and its place in the chain: two statements."""
    Round.objects.filter(pk=round.pk).update(**{field: getattr(round, field) for field in ("state", *only)})
    move_node(key=round.key, state=round.state, marks=marks(round))


def _tell(fact: type[Fact], round: Round, by: Person | None, at: datetime, **codes: Any) -> None:
    """Record a fact; whoever ran the vote stands in its private part, a voter never."""
    concerns: Mapping[Model, Mapping[str, Any]] = {by: {"as": "official"}} if by else {}
    record(fact(key=round.key, district=round.district_id, **codes), state=live_state(round), concerns=concerns, at=at)


def _enter_chain(round: Round) -> None:
    place_node(
        key=round.key,
        kind="round",
        district=round.district_id,
        title=round.title,
        state=round.state,
        path=round_path(round),
        marks=marks(round),
    )
    for origin in subjects(round.key):
        link_nodes(origin=origin, target=round.key, kind="voted")


def _without(draft: Any, name: str) -> dict[str, Any]:
    return {field: value for field, value in vars(draft).items() if field != name}
