"""The demonstration's discussions: twelve exchanges with their roles, told through the actions, before today."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from civic.clocks.deadlines import SEOUL
from civic.people.actions import confirm_address, grant_role, register_person
from civic.people.models import Person
from civic.proposals.actions import discuss_proposal
from civic.proposals.models import Proposal
from livinglab.reference import read

from .checks import check_in_story

WHY = "시연을 위해 맡겼습니다."  # every role of the story says so in its history
NEWEST = timedelta(minutes=40)  # the last words of a discussion that is told up to today


def tell_threads(told: Mapping[int, Proposal], cast: Mapping[str, Person], *, start: datetime, now: datetime) -> None:
    """`told` are the story's proposals by number, `cast` the people by nickname; those missing are added here."""
    story = read("demo/threads.json")
    people = dict(cast)
    for row in story["people"]:
        people[row["nickname"]] = _joined(row, start)
    for row in story["roles"]:
        _grant(people[row["nickname"]], row, start)
    turns = [
        (_moment(told[thread["proposal"]], turn, now), thread, n)
        for thread in story["threads"]
        for n, turn in enumerate(thread["turns"])
    ]
    written: dict[tuple[int, int], int] = {}
    for moment, thread, n in sorted(turns, key=lambda row: (row[0], row[2])):
        turn, no = thread["turns"][n], thread["proposal"]
        post = discuss_proposal(
            by=people[turn["by"]],
            proposal=told[no],
            stance=turn["stance"],
            text=turn["text"],
            reply_to=written.get((no, turn["reply_to"])) if "reply_to" in turn else None,
            at=moment,
        )
        written[no, n] = post.pk


def _moment(proposal: Proposal, turn: Mapping[str, Any], now: datetime) -> datetime:
    """So many local days after publication, at that hour; never after now."""
    day = proposal.published_at.astimezone(SEOUL).replace(hour=0, minute=0, second=0, microsecond=0)
    moment = day + timedelta(days=turn["day"], hours=turn["hour"], minutes=turn["minute"])
    return min(moment, now - NEWEST)


def _joined(row: Mapping[str, Any], at: datetime) -> Person:
    person = register_person(email=row["email"], nickname=row["nickname"], password=None, old_enough=True, at=at)
    confirm_address(person=person, at=at)
    check_in_story(person, at)
    return person


def _grant(person: Person, row: Mapping[str, Any], at: datetime) -> None:
    shown = {name: row.get(name, "") for name in ("name", "office", "phone")} | {"reason": WHY}
    grant_role(by=None, person=person, role=row["role"], scope=row["scope"], **shown, at=at)
