"""The demonstration's votes: one decided, one open, one announced, told through the actions, before today."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from civic.clocks.deadlines import SEOUL
from civic.people.models import Person
from civic.places.models import District
from civic.proposals.models import Proposal
from civic.voting.actions import (
    announce_round,
    cast_ballot,
    close_round,
    count_round,
    draft_round,
    open_round,
    publish_round,
)
from civic.voting.drafts import OptionDraft, RoundDraft, option
from civic.voting.models import Option, Round
from livinglab.reference import read

SEED = 2027
ANNOUNCED = timedelta(days=7)  # before it opens
RULE = ("slug", "title", "lead", "min_picks", "max_picks", "seats", "quorum")


def tell_votes(
    told: Mapping[int, Proposal], cast: Mapping[str, Person], crowd: Sequence[Person], *, start: datetime, now: datetime
) -> None:
    """`told` are the story's proposals by number, `cast` the people by nickname, `crowd` neighbours who vote."""
    chance = random.Random(SEED)  # noqa: S311 - a story that is the same each time, no secret
    for story in read("demo/votes.json")["rounds"]:
        opens, closes = (_midnight(now, story[name]) for name in ("opens_in_days", "closes_in_days"))
        official = cast[story["official"]]
        announced = max(start, min(opens - ANNOUNCED, now - timedelta(hours=5)))
        round = _announced(story, told, official, opens, closes, announced)
        if story["ends"] == "announced":
            continue
        round = open_round(by=None, round=round, at=opens)
        _ballots(round, story, crowd, chance, until=min(closes, now))
        if story["ends"] == "published":
            _decide(round, official, closes)


def _announced(
    story: Mapping[str, Any],
    told: Mapping[int, Proposal],
    official: Person,
    opens: datetime,
    closes: datetime,
    at: datetime,
) -> Round:
    options = tuple(_option(row, told) for row in story["options"])
    rule = {name: story[name] for name in RULE}
    draft = RoundDraft(**rule, opens_at=opens, closes_at=closes, options=options)
    district = District.objects.get(code=story["district"])
    round = draft_round(by=official, district=district, draft=draft, at=at - timedelta(hours=1))
    return announce_round(by=official, round=round, at=at)


def _option(row: Mapping[str, Any], told: Mapping[int, Proposal]) -> OptionDraft:
    """Its own words, or those of the proposal it came of."""
    proposal = told[row["about"]]
    return option(
        title=row.get("title", proposal.title),
        text=row.get("text", ""),
        cost=row.get("cost"),
        category=proposal.category,
        dong=row.get("dong", proposal.dong_id),
        about=proposal.key,
    )


def _ballots(
    round: Round, story: Mapping[str, Any], crowd: Sequence[Person], chance: random.Random, *, until: datetime
) -> None:
    """Spread over the time the vote was open; later ones come by day as well as by night."""
    options = list(Option.objects.filter(round=round).order_by("number").values_list("pk", flat=True))
    ballots = list(_exact(story, options) or _by_chance(story, options, chance))
    chance.shuffle(ballots)
    step = (until - round.opens_at) / (len(ballots) + 1)
    for n, (person, choices) in enumerate(zip(chance.sample(list(crowd), len(ballots)), ballots, strict=True), start=1):
        cast_ballot(by=person, round=round, choices=choices, at=round.opens_at + n * step)


def _exact(story: Mapping[str, Any], options: Sequence[int]) -> list[list[int]]:
    """One ballot for each vote that the story tells; none where it tells none."""
    return [[pk] for pk, row in zip(options, story["options"], strict=True) for _n in range(row.get("votes", 0))]


def _by_chance(story: Mapping[str, Any], options: Sequence[int], chance: random.Random) -> Iterator[list[int]]:
    for _n in range(story["turnout"]):
        yield chance.sample(options, chance.randint(story["min_picks"], story["max_picks"]))


def _decide(round: Round, official: Person, closes: datetime) -> None:
    """The clock closes, an official counts and publishes on the next morning."""
    round = close_round(by=None, round=round, at=closes)
    morning = closes + timedelta(hours=9)
    round = count_round(by=official, round=round, at=morning)
    publish_round(by=official, round=round, at=morning + timedelta(hours=2))


def _midnight(now: datetime, days: int) -> datetime:
    local = now.astimezone(SEOUL).replace(hour=0, minute=0, second=0, microsecond=0)
    return local + timedelta(days=days)
