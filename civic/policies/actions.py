"""Who sets the figures that a district promises?"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction

from civic.ledger.record import record
from civic.people.models import Person
from civic.places.models import District
from civic.refusals import insist

from .facts import PolicySet
from .models import Holiday, ParticipationPolicy
from .queries import forget_promises, promise_at
from .rules import LEVELS, why_not_set_policy


@transaction.atomic
def set_policy(
    *, by: Person, district: District, valid_from: datetime, figures: Mapping[str, int], at: datetime
) -> ParticipationPolicy:
    """Add a row that holds from `valid_from` on. Earlier rows stay: running proposals live under theirs.

    Levels of verification that are not named stay as they are.
    """
    District.objects.select_for_update().get(pk=district.pk)
    insist(why_not_set_policy(by, district, figures, valid_from=valid_from, at=at))
    before = promise_at(district.code, valid_from)
    levels = {name: getattr(before, name) for name in LEVELS}
    policy = ParticipationPolicy.objects.create(district=district, valid_from=valid_from, **{**levels, **figures})
    fact = PolicySet(
        key=f"policy:{policy.pk}",
        district=district.code,
        valid_from=valid_from.isoformat(),
        support_needed=policy.support_needed,
        window_days=policy.window_days,
        answer_days=policy.answer_days,
    )
    record(fact, state={k: v for k, v in asdict(fact).items() if k != "key"}, concerns={by: {"as": "admin"}}, at=at)
    transaction.on_commit(forget_promises)  # other processes ask within a minute
    return policy


@transaction.atomic
def load_policies(*, rows: Iterable[Mapping[str, Any]]) -> None:
    """The figures an installation begins with; rows that are there already stay as they are."""
    ParticipationPolicy.objects.bulk_create(
        [
            ParticipationPolicy(district_id=row["district"], **{k: v for k, v in row.items() if k != "district"})
            for row in rows
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def load_holidays(*, district: str, days: Iterable[Mapping[str, str]]) -> None:
    """Days on which the district's offices are closed; what is there already stays as it is."""
    Holiday.objects.bulk_create(
        [Holiday(district_id=district, day=date.fromisoformat(row["day"]), name=row["name"]) for row in days],
        ignore_conflicts=True,
    )
