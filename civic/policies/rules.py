"""Why may a policy not be set?"""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from civic.people.levels import CONFIRMED
from civic.people.models import Person
from civic.people.rules import may
from civic.places.models import District
from civic.refusals import Refusal

from .models import ParticipationPolicy
from .voters import VOTERS

FIGURES = (
    "support_needed",
    "window_days",
    "answer_days",
    "completeness_days",
    "expert_days",
    "reexamination_days",
    "interim_days",
    "forum_days",
    "fault_answer_hours",
    "fault_repair_hours",
    "fault_relapse_days",
    "fault_repair_photos",
)
LEVELS = ("support_level", "post_level", "propose_level", "vote_level")  # of verification: 1 to 3
MAY_BE_NONE = ("fault_repair_photos",)
LARGEST = 100_000


def why_not_set_policy(
    person: Person, district: District, figures: Mapping[str, int], *, valid_from: datetime, at: datetime
) -> Refusal | None:
    """Only an administrator of the district, only for the future, only whole positive figures."""
    if not may(person, "set_rules", f"district:{district.code}"):
        return Refusal("not_admin", _("Only an administrator of this district may set its rules."), 403)
    if valid_from < at:
        return Refusal("in_the_past", _("New rules can only hold from now on."), 422, "valid_from")
    wrong = next((name for name in FIGURES if not _least(name) <= figures.get(name, -1) <= LARGEST), "")
    if wrong or set(figures) - set(FIGURES) - set(LEVELS):
        return Refusal("not_a_figure", _("Each figure is a whole number from 1 on."), 422, wrong)
    if wrong := next((name for name in LEVELS if figures.get(name, CONFIRMED) not in VOTERS), ""):
        return Refusal("not_a_level", _("A level of verification is 1, 2 or 3."), 422, wrong)
    if ParticipationPolicy.objects.filter(district=district, valid_from=valid_from).exists():
        return Refusal("same_moment", _("Rules that hold from this very moment are already set."), 409, "valid_from")
    return None


def _least(name: str) -> int:
    return 0 if name in MAY_BE_NONE else 1
