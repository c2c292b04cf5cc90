"""Why may a month's looks at personal data not be signed off?"""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from civic.clocks.deadlines import SEOUL
from civic.people.models import AccessReview, Person
from civic.people.queries import looks_in
from civic.people.roles import EVERYWHERE, district_scope
from civic.refusals import Refusal

from .powers import why_not_by_role

REMARK = (5, 400)  # characters
OWN_LOOKS = _(
    "This month holds looks of your own. Another administrator, of the district or of the whole site, signs it off."
)


def scope_of(district: str) -> str:
    """The scope in which a district's log is read; an empty one belongs to the whole site."""
    return district_scope(district) if district else EVERYWHERE


def why_not_read_access(by: Person, district: str) -> Refusal | None:
    """Administrators and auditors of the district."""
    return why_not_by_role(by, "read_access_log", scope_of(district))


def why_not_review(by: Person, district: str, month: date, *, at: datetime) -> Refusal | None:
    """An administrator of the district who looked at nothing in that month, once, when it is over."""
    if (refusal := why_not_by_role(by, "sign_off_access", scope_of(district))) is not None:
        return refusal
    if month >= at.astimezone(SEOUL).date().replace(day=1):
        return Refusal("month_runs", _("This month is not over yet. Sign it off when it is."), field="remark")
    if AccessReview.objects.filter(district=district, month=month).exists():
        return Refusal("signed_off", _("This month has been signed off already."), field="remark")
    if looks_in(district, month).filter(by=by).exists():
        return Refusal("own_looks", OWN_LOOKS, 403, "remark")
    return None


def why_not_sign_off(by: Person, district: str, month: date, *, remark: str, at: datetime) -> Refusal | None:
    """The same, and never without a word on what was found."""
    if (refusal := why_not_review(by, district, month, at=at)) is not None:
        return refusal
    if not REMARK[0] <= len(remark) <= REMARK[1]:
        return Refusal("remark_length", _("Write what you found, in 5 to 400 characters."), 422, "remark")
    return None
