"""Which times of keeping hold, how much is over by them, and what was destroyed?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.functional import Promise

from civic.clocks.deadlines import SEOUL
from civic.ledger.models import Entry
from civic.privacy.models import RetentionRule
from civic.privacy.retained import KINDS

from .over import OVER, to_be_erased, to_be_told

NIGHT = time(3, 30)  # when offices and most residents sleep
DESTRUCTIONS = ("DataDestroyed", "PersonErased", "InactivityTold")


@dataclass(frozen=True)
class Kept:
    """One kind of data as a page shows it."""

    code: str
    what: str | Promise
    since: str | Promise
    days: int
    least: int
    most: int
    basis: str
    purged_at: datetime | None


@dataclass(frozen=True)
class Due:
    """How much of one kind is over."""

    code: str
    days: int
    number: int


def retention_rules() -> list[Kept]:
    """What is kept how long and why, in the order of the table: one query."""
    rows = RetentionRule.objects.in_bulk(list(KINDS))
    return [
        Kept(code, kind.what, kind.since, row.days, kind.least, kind.most, row.basis, row.purged_at)
        for code, kind in KINDS.items()
        if (row := rows.get(code))
    ]


def days_of(code: str) -> int:
    """How long one kind is kept; as long as allowed where the installation has no row for it yet."""
    row = RetentionRule.objects.filter(code=code).first()
    return row.days if row else KINDS[code].most


def due(rules: Iterable[RetentionRule], *, at: datetime) -> list[Due]:
    """How much would be destroyed now, kind by kind; nothing is changed."""
    return [Due(rule.code, rule.days, number_over(rule, at=at)) for rule in rules]


def number_over(rule: RetentionRule, *, at: datetime) -> int:
    """How many rows of a kind are over."""
    before = at - timedelta(days=rule.days)
    if rule.code == "inactive_notice":
        return to_be_told(before).count()
    if rule.code == "inactive":
        return to_be_erased(before, told_before=told_before(rule, at=at)).count()
    return sum(rows(before).count() for rows in OVER[rule.code])


def told_before(rule: RetentionRule, *, at: datetime) -> datetime:
    """When the notice has to have gone out at the latest, for an account to be erased now."""
    return at - timedelta(days=rule.days - days_of("inactive_notice"))


def known_rules() -> list[RetentionRule]:
    """The rows of kinds that exist, in the order of the table."""
    rows = RetentionRule.objects.in_bulk(list(KINDS))
    return [rows[code] for code in KINDS if code in rows]


def due_tonight(at: datetime) -> list[RetentionRule]:
    """Kinds not looked at since the last night's hour."""
    night = last_night(at)
    return [rule for rule in known_rules() if rule.purged_at is None or rule.purged_at < night]


def last_night(at: datetime) -> datetime:
    """The last half past three in Seoul."""
    here = at.astimezone(SEOUL)
    night = datetime.combine(here.date(), NIGHT, tzinfo=SEOUL)
    return night if night <= here else night - timedelta(days=1)


def free_again(code: str, *, at: datetime) -> datetime:
    """When what begins now is gone: on the first night after its days."""
    return last_night(at + timedelta(days=days_of(code))) + timedelta(days=1)


def destructions() -> QuerySet[Entry]:
    """The destruction ledger, the newest first: append-only like the ledger it is part of."""
    return Entry.objects.filter(fact__in=DESTRUCTIONS).order_by("-id")
