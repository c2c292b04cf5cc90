"""Who of the staff checked how many residents in a month, and sent codes to how many?"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from civic.clocks.deadlines import SEOUL
from civic.ledger.models import EntryPrivate
from civic.people.level_facts import LettersSent, PersonVerified
from civic.people.models import RoleGrant

from .access import next_month


@dataclass(frozen=True)
class Checker:
    """One official in one month."""

    name: str
    checks: int
    letters: int


def checkers_in(district: str, month: date) -> list[Checker]:
    """By name: one query. The ledger's private part says who it was; whoever left is counted no more."""
    start, end = (datetime.combine(day, time.min, tzinfo=SEOUL) for day in (month, next_month(month)))
    facts = (PersonVerified.name(), LettersSent.name())
    done = EntryPrivate.objects.filter(fields__as="officer", entry__district=district, entry__fact__in=facts)
    signs = RoleGrant.objects.filter(person=OuterRef("person")).exclude(name="").order_by("-granted_at").values("name")
    rows = done.filter(entry__at__gte=start, entry__at__lt=end).annotate(
        name=Coalesce(Subquery(signs[:1]), "person__nickname")
    )
    names: dict[UUID, str] = {}
    checks, letters = Counter[UUID](), Counter[UUID]()
    for person, name, data in rows.values_list("person", "name", "entry__data"):
        names[person] = name
        checks[person] += "number" not in data
        letters[person] += data.get("number", 0)
    by_name = sorted(names, key=lambda person: (names[person], person))
    return [Checker(names[person], checks[person], letters[person]) for person in by_name]
