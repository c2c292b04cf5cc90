"""Which policy holds in a district at a moment, and on which days is it closed?"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from .models import Holiday, ParticipationPolicy


def policy_at(district: str, at: datetime) -> ParticipationPolicy | None:
    """The newest row of the district that is valid at `at`; None where the district has promised nothing yet."""
    rows = ParticipationPolicy.objects.filter(district_id=district, valid_from__lte=at)
    return rows.order_by("-valid_from").first()


def promise_at(district: str, at: datetime) -> ParticipationPolicy:
    """What holds at `at`; where the district has promised nothing yet, what the rules have as defaults."""
    return policy_at(district, at) or ParticipationPolicy(district_id=district, valid_from=at)


def closed_days(district: str, at: datetime, days: int = 30) -> frozenset[date]:
    """Holidays of the district in the `days` from `at` on."""
    first = at.date() - timedelta(days=1)  # in UTC it may still be the day before
    rows = Holiday.objects.filter(district=district, day__range=(first, first + timedelta(days=days + 2)))
    return frozenset(rows.values_list("day", flat=True))


def policies_in_force(at: datetime) -> list[ParticipationPolicy]:
    """The row that holds at `at`, for every district: one query."""
    rows = ParticipationPolicy.objects.filter(valid_from__lte=at).select_related("district")
    newest: dict[str, ParticipationPolicy] = {}
    for row in rows.order_by("district", "valid_from"):
        newest[row.district_id] = row
    return list(newest.values())


def shared_promise(at: datetime, district: str = "") -> ParticipationPolicy | None:
    """The policy to quote for a district, or for all where they promise the same; None where they differ.

    For headings only: each process asks once a minute. What a proposal lives under is pinned to its row.
    """
    rows = [row for row in _in_force_in(int(at.timestamp() // 60)) if not district or row.district_id == district]
    promises = {(row.support_needed, row.window_days, row.answer_days) for row in rows}
    return rows[0] if len(promises) == 1 else None


def forget_promises() -> None:
    """Ask anew from now on, in this process: a row was added."""
    _in_force_in.cache_clear()


@lru_cache(maxsize=2)
def _in_force_in(minute: int) -> tuple[ParticipationPolicy, ...]:
    return tuple(policies_in_force(datetime.fromtimestamp(minute * 60, UTC)))
