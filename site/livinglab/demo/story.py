"""The demonstration's story: told through the same actions as everything else, with dates relative to today."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from civic.clocks.deadlines import SEOUL, end_of_day_after
from civic.devices.counting_anew import count_anew
from civic.people.actions import confirm_address, grant_role, load_departments, register_person
from civic.people.models import Person
from civic.people.queries import find_department
from civic.places.models import Dong
from civic.proposals.actions import adopt_proposal, publish_proposal, support_proposal, transfer_proposal
from civic.proposals.models import Proposal
from civic.proposals.words import words
from cms.content import load_story
from livinglab.reference import read

from .checks import check_in_story
from .faults import tell_faults
from .lamps import tell_lamps
from .pilots import tell_pilots
from .threads import WHY, tell_threads
from .votes import tell_votes

SEED = 2019  # the year of the true story; the same seed tells the same demonstration


def is_loaded() -> bool:
    """Whether the story has been told in this database."""
    return Person.objects.filter(email="resident@demo.example").exists()


@transaction.atomic  # whole or not at all: a first start that is cut off begins again
def load_demo(*, at: datetime, password: str) -> None:
    """People, lamps, proposals and all that came of them, as if it had happened before `at`."""
    people = read("demo/people.json")
    for row in read("demo/departments.json")["districts"]:
        load_departments(district=row["district"], units=row["units"])
    chance = random.Random(SEED)  # noqa: S311 - a story that is the same each time, no secret
    start = at - timedelta(days=200)
    cast = _accounts(people, password, start)
    officials = {person.nickname: person for person in cast.values()}
    desks = {row["key"]: officials[row["nickname"]] for row in _with_keys(people)}
    crowd = [_resident(f"이웃{n:02d}", f"neighbour{n}@demo.example", start) for n in range(1, people["crowd"] + 1)]
    tell_lamps(at=start)
    told: dict[int, Proposal] = {}
    for story in sorted(read("demo/proposals.json")["proposals"], key=lambda row: -row["published_days_ago"]):
        told[story["no"]] = _tell(story, cast[story["author"]], crowd, desks, chance, at)
    tell_threads(told, cast, start=start, now=at)
    tell_votes(told, cast, crowd, start=start, now=at)
    tell_pilots(told, cast, start=start, now=at)
    tell_faults(cast, crowd, now=at)  # after the pilots': a report of tonight must not swallow what was long mended
    load_story(read("demo/story.json"), told_again=told[1].code)
    count_anew()


def _accounts(people: dict[str, Any], password: str, at: datetime) -> dict[str, Person]:
    cast: dict[str, Person] = {}
    for row in people["accounts"]:
        cast[row["nickname"]] = _account(row, password, at)
    for row in people["officials"]:
        cast[row["nickname"]] = _account(
            row | {"role": "official", "email": f"{row['key'].replace('_', '-')}@demo.example"}, None, at
        )
    for n, nickname in enumerate(people["residents"], start=3):
        cast[nickname] = _resident(nickname, f"resident{n}@demo.example", at)
    return cast


def _with_keys(people: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (row for row in people["accounts"] + people["officials"] if "key" in row)


def _account(row: dict[str, Any], password: str | None, at: datetime) -> Person:
    dong = Dong.objects.get(code=row["dong"]) if "dong" in row else None
    person = register_person(
        email=row["email"], nickname=row["nickname"], password=password, old_enough=True, dong=dong, at=at
    )
    confirm_address(person=person, at=at)
    check_in_story(person, at)
    if "role" in row:
        shown = {name: row.get(name, "") for name in ("name", "office", "phone")} | {"reason": WHY}
        until = end_of_day_after(at, row["term_days"]) if "term_days" in row else None
        grant_role(by=None, person=person, role=row["role"], scope=row["scope"], **shown, until=until, at=at)
    return person


def _resident(nickname: str, email: str, at: datetime) -> Person:
    person = register_person(email=email, nickname=nickname, password=None, old_enough=True, at=at)
    confirm_address(person=person, at=at)
    check_in_story(person, at)
    return person


def _tell(
    story: dict[str, Any],
    author: Person,
    crowd: list[Person],
    desks: dict[str, Person],
    chance: random.Random,
    now: datetime,
) -> Proposal:
    """One proposal from its first day to where it stands today."""
    published = now - timedelta(days=story["published_days_ago"], hours=chance.randint(1, 9))
    proposal = publish_proposal(
        by=author,
        dong=Dong.objects.get(code=story["dong"]),
        category=story["category"],
        words=words(**{k: story[k] for k in ("title", "problem", "solution", "expected_effect", "tags")}),
        at=published,
    )
    _gather(proposal, story, chance.sample(crowd, story["supports"]), published, now)
    if handed := story.get("transfer"):
        _hand_on(proposal, handed, desks[handed["official"]])
    if answer := story.get("answer"):
        proposal.refresh_from_db()
        assert proposal.reached_at is not None
        adopt_proposal(
            by=desks[answer["official"]],
            proposal=proposal,
            headline=answer["headline"],
            reason=answer["reason"],
            planned=_planned(answer, now),
            at=proposal.reached_at + timedelta(days=answer["days"]),
        )
    return proposal


def _hand_on(proposal: Proposal, handed: dict[str, Any], by: Person) -> None:
    proposal.refresh_from_db()
    assert proposal.reached_at is not None
    to, moment = find_department(handed["to"]), proposal.reached_at + timedelta(days=handed["days"])
    transfer_proposal(by=by, proposal=proposal, department=to, reason=handed["reason"], at=moment)


def _gather(
    proposal: Proposal, story: dict[str, Any], supporters: list[Person], published: datetime, now: datetime
) -> None:
    """Spread the supports: up to the threshold by its day, the rest until the window or today ends."""
    needed = proposal.policy.support_needed
    to_threshold = story["days_to_threshold"]
    last = min(timedelta(days=29), now - published - timedelta(minutes=5))
    answered = timedelta(days=to_threshold + story["answer"]["days"]) if story.get("answer") else last
    rise = timedelta(days=to_threshold) if to_threshold else last
    for n, person in enumerate(supporters, start=1):
        if to_threshold and n > needed:
            share = (n - needed) / (len(supporters) - needed + 1)
            moment = published + rise + (min(last, answered) - rise) * share
        else:
            moment = published + rise * (n / (needed if to_threshold else len(supporters)))
        support_proposal(by=person, proposal=proposal, at=moment)


def _planned(answer: dict[str, Any], now: datetime) -> str:
    """When it will be done, in words; a month that lies so many days from now where one is named."""
    if "planned_in_days" not in answer:
        return str(answer["planned"])
    month = (now + timedelta(days=answer["planned_in_days"])).astimezone(SEOUL)
    return f"{month.year}년 {month.month}월"
