"""How is a vote shown to a reader? Pure: rows in, what templates print out."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from civic.chain.queries import localised
from civic.clocks.deadlines import days_left, last_day
from civic.places.models import District
from civic.places.queries import known_dongs
from civic.texts import paragraphs

from .models import Option, Outcome, Round
from .states import State

LIST_FROM = 20  # ballots: with fewer, a list of them would tell too much


@dataclass(frozen=True)
class Row:
    """One round in a list and at the head of its pages."""

    slug: str
    key: str
    path: str
    title: str
    lead: str
    district: District
    state: str
    badge: str
    period: str
    turnout: int
    days_left: int | None
    picks: str
    options: int


@dataclass(frozen=True)
class Choice:
    """One option on the ballot. `scale` is its cost as a share of the dearest, 0 to 100."""

    id: int
    number: int
    title: str
    text: str
    place: str
    path: str
    cost: str
    won: int
    scale: int
    picked: bool


@dataclass(frozen=True)
class Line:
    """One option in the result. `scale` is its votes as a share of the most, `share` of the ballots, in per cent."""

    number: int
    title: str
    path: str
    cost: str
    votes: int
    share: int
    scale: int
    chosen: bool
    tied: bool


def row(round: Round, *, at: datetime) -> Row:
    """What a list shows of a round at a moment."""
    state = str(round.state_at(at))
    return Row(
        slug=round.slug,
        key=round.key,
        path=reverse("vote", args=[round.slug]),
        title=round.title,
        lead=round.lead,
        district=round.district,
        state=state,
        badge=f"vote_{state}",
        period=period(round),
        turnout=round.turnout,
        days_left=days_left(round.closes_at, at) if state == State.OPEN else None,
        picks=picks(round),
        options=len(round.options.all()),
    )


def picks(round: Round) -> str:
    """How many options one may choose, in a sentence."""
    if round.min_picks == round.max_picks:
        return ngettext("Choose %(n)s option.", "Choose %(n)s options.", round.max_picks) % {"n": round.max_picks}
    if round.min_picks == 1:
        return ngettext("Choose up to %(n)s option.", "Choose up to %(n)s options.", round.max_picks) % {
            "n": round.max_picks
        }
    return _("Choose %(least)s to %(most)s options.") % {"least": round.min_picks, "most": round.max_picks}


def period(round: Round) -> str:
    """From when to when, to the hour where it is not the whole day."""
    opens, closes = localtime(round.opens_at), localtime(round.closes_at)
    start = date_format(opens) if (opens.hour, opens.minute) == (0, 0) else f"{date_format(opens)} {opens:%H:%M}"
    return _("%(start)s to %(end)s") % {"start": start, "end": closing(closes)}


def closing(moment: datetime) -> str:
    """The end of a day is 24:00 of that day."""
    local = localtime(moment)
    if (local.hour, local.minute) == (0, 0):
        return f"{date_format(last_day(moment))} 24:00"
    return f"{date_format(local)} {local:%H:%M}"


def won(cost: int | None) -> str:
    """An amount as a reader says it: 3,200만 원 in Korean; empty for none."""
    if cost is None:
        return ""
    if get_language() != "ko" or cost % 10_000:
        return _("%(amount)s won") % {"amount": f"{cost:,}"}
    hundreds, tens = divmod(cost // 10_000, 10_000)
    parts = [f"{hundreds:,}억"] if hundreds else []
    parts += [f"{tens:,}만"] if tens or not hundreds else []
    return f"{' '.join(parts)} 원"


def shuffled(options: Iterable[Option], person: UUID | None, slug: str) -> list[Option]:
    """Another order for each person, always the same for one; the announced order for whoever is not signed in."""
    rows = list(options)
    if person is None:
        return rows
    return sorted(rows, key=lambda option: hashlib.sha256(f"{person}:{slug}:{option.pk}".encode()).digest())


def choices(options: Sequence[Option], picked: Collection[int] = ()) -> list[Choice]:
    """Options in the given order, with those picked."""
    dearest = max((option.cost or 0 for option in options), default=0)
    return [
        Choice(
            id=option.pk,
            number=option.number,
            title=option.title,
            text=paragraphs(option.text),
            place=place(option),
            path=subject_path(option),
            cost=won(option.cost),
            won=option.cost or 0,
            scale=-(-100 * (option.cost or 0) // dearest) if dearest else 0,
            picked=option.pk in picked,
        )
        for option in options
    ]


def lines(options: Iterable[Option], turnout: int) -> list[Line]:
    """The result, the most votes first and then in the announced order."""
    rows = sorted(options, key=lambda option: (-(option.votes or 0), option.number))
    most = max((option.votes or 0 for option in rows), default=0)
    return [
        Line(
            number=option.number,
            title=option.title,
            path=subject_path(option),
            cost=won(option.cost),
            votes=option.votes or 0,
            share=share(option.votes or 0, turnout),
            scale=share(option.votes or 0, most),
            chosen=option.outcome == Outcome.CHOSEN,
            tied=option.tied,
        )
        for option in rows
    ]


def share(part: int, whole: int) -> int:
    """Whole per cent, halves up."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def place(option: Option) -> str:
    """The dong in the language of the page; empty where the option is everywhere."""
    dong = known_dongs().get(option.dong)
    return str(dong) if dong else ""


def subject_path(option: Option) -> str:
    """Where the proposal is that an option came of."""
    kind, _colon, code = option.about.partition(":")
    return localised(f"/proposals/{code}/") if kind == "proposal" else ""


def headline(round: Round, result: Sequence[Line]) -> str:
    """The result in one sentence."""
    chosen = [line for line in result if line.chosen]
    if round.quorum is not None and round.turnout < round.quorum:
        return _("The vote does not hold: %(n)s of %(quorum)s ballots.") % {"n": round.turnout, "quorum": round.quorum}
    if not chosen:
        return _("Nothing was chosen.")
    if len(chosen) == 1:
        return _("Chosen: “%(title)s”.") % {"title": chosen[0].title}
    return ngettext("%(n)s option was chosen.", "%(n)s options were chosen.", len(chosen)) % {"n": len(chosen)}
