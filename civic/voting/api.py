"""Votes for programs: the same actions as the pages, as JSON."""

import hashlib
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema, Status
from pydantic import StrictInt

from civic.clocks.now import database_now
from civic.ledger.api import PROBLEMS, Problem
from civic.ledger.receipts import LONGEST, TOO_LONG, answer_once, fingerprint
from civic.limits.edge import insist_within
from civic.refusals import Refusal, Refused

from . import queries
from .actions import cast_ballot
from .marks import receipt_prefix
from .models import Round
from .states import State

router = Router(tags=["votes"])
NO_ROUND = Refusal("unknown_round", _("There is no such vote."), 404)


class OptionOut(Schema):
    """`cost` in won; `about` names what the option came of. The rest is there once the result is published."""

    id: int
    title: str
    cost: int | None
    about: str
    votes: int | None = None
    outcome: str | None = None
    tied: bool | None = None


class RoundOut(Schema):
    """`min` to `max` options may be chosen; `turnout` is how many people have cast a ballot."""

    slug: str
    state: str
    kind: str
    title: str
    options: list[OptionOut]
    min: int
    max: int
    seats: int
    quorum: int | None
    opens: str
    closes: str
    turnout: int


class BallotIn(Schema):
    """Ids of options of the round, as whole numbers."""

    choices: list[StrictInt]


class BallotCast(Schema):
    """The code by which a voter finds the own ballot again. It shows the choices to whoever knows it."""

    tracker: str


@router.get("rounds/{slug}", response={200: RoundOut, PROBLEMS: Problem}, auth=None, exclude_unset=True)
def read_round(request: HttpRequest, slug: str) -> Any:
    """One announced vote. While it is open there is its turnout, and nothing else is counted."""
    return _out(_found(slug), at=database_now())


@router.post("rounds/{slug}/ballot", response={200: BallotCast, PROBLEMS: Problem}, exclude_unset=True)
def create_ballot(request: HttpRequest, slug: str, body: BallotIn) -> Any:
    """Cast the caller's ballot, or change it: one a person, as long as the vote is open."""
    insist_within(request, "ballot")
    round = _found(slug)
    by: Any = request.user

    def write() -> tuple[int, Any]:
        ballot = cast_ballot(by=by, round=round, choices=body.choices, at=database_now())
        return 200, {"tracker": ballot.tracker}

    with override(get_language_from_request(request)):
        return Status(*_once(request, round, write))


def _once(request: HttpRequest, round: Round, write: Any) -> tuple[int, Any]:
    """Once per Idempotency-Key, under a receipt that goes when the round closes; a refusal leaves none.

    What the receipt holds (a print of the choices, the tracker) would lead from the person to the ballot.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        answered: tuple[int, Any] = write()
        return answered
    if len(key) > LONGEST:
        raise Refused(TOO_LONG)
    print_ = fingerprint(request.method or "", request.path, request.body)
    kept = receipt_prefix(round) + hashlib.sha256(key.encode()).hexdigest()[:40]
    answer, _again = answer_once(person=request.user, key=kept, print_=print_, at=database_now(), write=write)
    return answer


def _found(slug: str) -> Round:
    round = queries.find(slug)
    if round is None:
        raise Refused(NO_ROUND)
    return round


def _out(round: Round, *, at: datetime) -> dict[str, Any]:
    published = round.state == State.PUBLISHED
    return {
        "slug": round.slug,
        "state": round.state_at(at).value,
        "kind": round.kind,
        "title": round.title,
        "options": [
            {"id": option.pk, "title": option.title, "cost": option.cost, "about": option.about}
            | ({"votes": option.votes, "outcome": option.outcome, "tied": option.tied} if published else {})
            for option in round.options.all()
        ],
        "min": round.min_picks,
        "max": round.max_picks,
        "seats": round.seats,
        "quorum": round.quorum,
        "opens": round.opens_at.isoformat(),
        "closes": round.closes_at.isoformat(),
        "turnout": round.turnout,
    }
