"""Which policy holds in a district at a moment?"""

from datetime import datetime

from .models import ParticipationPolicy


def policy_at(district: str, at: datetime) -> ParticipationPolicy | None:
    """The newest row of the district that is valid at `at`; None where the district has promised nothing yet."""
    rows = ParticipationPolicy.objects.filter(district_id=district, valid_from__lte=at)
    return rows.order_by("-valid_from").first()


def policies_in_force(at: datetime) -> list[ParticipationPolicy]:
    """The row that holds at `at`, for every district: one query."""
    rows = ParticipationPolicy.objects.filter(valid_from__lte=at).select_related("district")
    newest: dict[str, ParticipationPolicy] = {}
    for row in rows.order_by("district", "valid_from"):
        newest[row.district_id] = row
    return list(newest.values())
