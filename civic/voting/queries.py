"""Which rounds are there, what is on the ballot, who took part? No question here counts choices before closing."""

import re
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, Prefetch, QuerySet, When

from civic.people.levels import CHECKED
from civic.people.models import Person

from .models import OpenBallot, Option, Participation, Round, UrnBallot
from .states import State

SLUG = re.compile(r"[-a-z0-9]{1,60}", re.ASCII)
GIVEN_UP = timedelta(days=180)  # after closing, a vote of which no result is published counts as over
_OPTIONS = Prefetch("options", Option.objects.order_by("number"))


def rounds(district: str = "") -> QuerySet[Round]:
    """Announced rounds with their options, open ones first, then those to come: two queries when read."""
    rows = Round.objects.filter(announced_at__isnull=False)
    if district:
        rows = rows.filter(district=district)
    first = Case(When(state=State.OPEN, then=0), When(state=State.DRAFT, then=1), default=2)
    return rows.select_related("district").prefetch_related(_OPTIONS).order_by(first, "-closes_at", "-id")


def find(slug: str) -> Round | None:
    """One announced round with its options and its policy."""
    if not SLUG.fullmatch(slug):
        return None
    return rounds().select_related("policy").filter(slug=slug).first()


def find_any(slug: str) -> Round | None:
    """One round, announced or not, for those who run it."""
    return Round.objects.select_related("district", "policy").prefetch_related(_OPTIONS).filter(slug=slug).first()


def took_part(person: Person, round: Round) -> bool:
    return Participation.objects.filter(round=round, person=person).exists()


def open_rounds_of(person: Person, *, at: datetime) -> list[Round]:
    """Rounds in which the person has voted and that still take ballots."""
    rows = Round.objects.filter(participations__person=person, state=State.OPEN, closes_at__gt=at)
    return list(rows.order_by("pk"))


def lost_voices(round: Round) -> list[Participation]:
    """Whose ballots count no more: the level that the pinned policy asks for is gone, with a check taken back."""
    needed = round.policy.vote_level if round.policy else CHECKED
    return list(Participation.objects.filter(round=round, person__level__lt=needed).order_by("pk"))


def own_ballot(person: Person, round: Round) -> OpenBallot | None:
    """The person's own ballot while the round is open; nobody's afterwards."""
    return OpenBallot.objects.filter(participation__round=round, participation__person=person).first()


def voters(key: str) -> list[UUID]:
    """Everybody who took part in the round of this key and still has an account."""
    slug = key.partition(":")[2]
    rows = Participation.objects.filter(round__slug=slug, person__isnull=False)
    return list(rows.values_list("person_id", flat=True))


def subjects(key: str) -> list[str]:
    """Keys of what the options of this round came of."""
    rows = Option.objects.filter(round__slug=key.partition(":")[2]).exclude(about="")
    return list(rows.values_list("about", flat=True).distinct())


def option_titles(about: str, title: str) -> QuerySet[Option]:
    """Options, of rounds in any state, that came of this and still carry its title."""
    return Option.objects.filter(about=about, title=title)


def to_open(at: datetime) -> QuerySet[Round]:
    """Announced rounds whose time has come."""
    rows = Round.objects.filter(state=State.DRAFT, announced_at__isnull=False)
    return rows.filter(opens_at__lte=at, closes_at__gt=at).order_by("opens_at")


def to_close(at: datetime) -> QuerySet[Round]:
    """Open rounds whose time is over."""
    return Round.objects.filter(state=State.OPEN, closes_at__lte=at).order_by("closes_at")


def urn(round: Round) -> QuerySet[UrnBallot]:
    """The ballots of a closed round in the order of their trackers."""
    return UrnBallot.objects.filter(round=round).order_by("tracker")
