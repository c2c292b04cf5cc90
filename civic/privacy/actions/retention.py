"""Who sets how long data is kept?"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from civic.ledger.record import record
from civic.people.models import Person
from civic.privacy.facts import RetentionSet
from civic.privacy.models import RetentionRule
from civic.privacy.rules import why_not_set_retention
from civic.refusals import insist
from civic.texts import clean_line


@transaction.atomic
def set_retention(
    *, by: Person, rule: RetentionRule, days: int, basis_ko: str, basis_en: str, at: datetime
) -> RetentionRule:
    """Keep one kind of data for so many days from now on, on this ground; what is over then goes next night."""
    list(RetentionRule.objects.select_for_update().order_by("pk"))  # two of them depend on each other
    found = RetentionRule.objects.filter(pk=rule.pk).first()
    basis = (clean_line(basis_ko), clean_line(basis_en))
    insist(why_not_set_retention(by, found, days=days, basis=basis))
    assert found is not None  # the rule has asked
    fact = RetentionSet(key=f"retention:{found.code}", days=days, before=found.days)
    found.days, (found.basis_ko, found.basis_en) = days, basis
    found.save(update_fields=["days", "basis_ko", "basis_en"])
    record(fact, state={"days": days}, concerns={by: {"as": "admin"}}, at=at)
    return found


@transaction.atomic
def load_retention(*, rows: Iterable[Mapping[str, Any]]) -> None:
    """The times an installation begins with; those that are there already stay as they are."""
    RetentionRule.objects.bulk_create([RetentionRule(**row) for row in rows], ignore_conflicts=True)
