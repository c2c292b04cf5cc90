"""Who is told of a breach? A list for whoever writes to them, and a line in the ledger that it was made."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from civic.ledger.record import record
from civic.privacy.facts import AffectedListed
from civic.privacy.queries.affected import everybody, looks_between, seen_in


@dataclass(frozen=True)
class Affected:
    """Addresses in order, and of how many places with guests' data nobody left one."""

    addresses: list[str]
    without: int = 0


@transaction.atomic
def list_everybody(*, at: datetime) -> Affected:
    """List everybody of whom the site holds an address: where the database itself is in others' hands."""
    return _noted(Affected(sorted(everybody())), "everybody", at)


@transaction.atomic
def list_looked_at(*, since: datetime, until: datetime, looker: str = "", at: datetime) -> Affected:
    """List whose data the staff, or one of them, looked at in a time: where one of their accounts was misused."""
    addresses, without = seen_in(looks_between(since, until, looker))
    return _noted(Affected(sorted(addresses), without), "looks", at)


def _noted(found: Affected, which: str, at: datetime) -> Affected:
    fact = AffectedListed(key="people", which=which, number=len(found.addresses))
    record(fact, state={"number": fact.number}, concerns={}, at=at)
    return found
