"""How do tests make votes? Through the same actions as everybody else, with three options."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from civic.people.models import Person
from civic.places.models import District
from civic.proposals.models import Proposal
from civic.voting.actions import announce_round, cast_ballot, close_round, count_round, draft_round, open_round
from civic.voting.drafts import OptionDraft, RoundDraft, option
from civic.voting.models import Option, Round
from tests.making import NOON, make_person

TITLES = ("15초", "30초", "60초")
WEEK = timedelta(days=7)
_serial = count(1)


def make_draft(*, options: tuple[OptionDraft, ...] | None = None, **changed: Any) -> RoundDraft:
    """A rule that can be followed: pick one or two of three, one is chosen."""
    plain = {
        "slug": f"round-{next(_serial)}",
        "title": "센서등은 몇 초 켜져 있어야 할까요",
        "max_picks": 2,
        "opens_at": NOON,
        "closes_at": NOON + WEEK,
        "options": options or tuple(option(title=title, cost=n * 1_000_000) for n, title in enumerate(TITLES, start=1)),
    }
    return RoundDraft(**{**plain, **changed})


def of_proposals(*proposals: Proposal) -> tuple[OptionDraft, ...]:
    """These proposals as options, in their own words, as the desk's form makes them."""
    return tuple(option(title=proposal.title, about=proposal.key) for proposal in proposals)


def make_round(*, district: str = "11200", at: datetime = NOON, **changed: Any) -> Round:
    """A drafted round, not yet announced."""
    place = District.objects.get(code=district)
    return draft_round(by=None, district=place, draft=make_draft(**changed), at=at)


def make_announced(*, at: datetime = NOON, **changed: Any) -> Round:
    return announce_round(by=None, round=make_round(at=at, **changed), at=at)


def make_open(*, at: datetime = NOON, **changed: Any) -> Round:
    return open_round(by=None, round=make_round(at=at, **changed), at=at)


def ids(round: Round, *numbers: int) -> list[int]:
    """The ids of options by their numbers; all of them where none is named."""
    rows = dict(Option.objects.filter(round=round).values_list("number", "pk"))
    return [rows[number] for number in numbers or sorted(rows)]


def vote(round: Round, *numbers: int, by: Person | None = None, at: datetime = NOON) -> Person:
    """Somebody picks the options of these numbers."""
    person = by or make_person()
    cast_ballot(by=person, round=round, choices=ids(round, *numbers), at=at)
    return person


def make_counted(*ballots: tuple[int, ...], at: datetime = NOON, **changed: Any) -> Round:
    """A round in which these ballots were cast, closed and counted."""
    round = make_open(at=at, **changed)
    for numbers in ballots:
        vote(round, *numbers, at=at)
    return count_round(by=None, round=close_round(by=None, round=round, at=at + WEEK), at=at + WEEK)
