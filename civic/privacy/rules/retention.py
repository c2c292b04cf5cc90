"""Why may a time of keeping not be set so?"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic.people.models import Person
from civic.people.roles import EVERYWHERE
from civic.people.rules import may, why_not_by_role
from civic.privacy.models import RetentionRule
from civic.privacy.retained import KINDS, NOTICE_LEAST
from civic.refusals import Refusal

GROUND = (5, 200)  # characters


def why_not_keep_retention(by: Person) -> Refusal | None:
    """Only who administers the whole site."""
    if may(by, "keep_retention") and not may(by, "keep_retention", EVERYWHERE):
        return Refusal(
            "not_site_admin", _("These times hold for all districts: the site's administrator sets them."), 403
        )
    return why_not_by_role(by, "keep_retention", EVERYWHERE)


def why_not_set_retention(
    by: Person, rule: RetentionRule | None, *, days: int, basis: tuple[str, str]
) -> Refusal | None:
    """The same, only within what the law leaves, and never without a ground."""
    if (refusal := why_not_keep_retention(by)) is not None:
        return refusal
    if rule is None or rule.code not in KINDS:
        return Refusal("not_kept", _("There is no such kind of data."), 404)
    kind = KINDS[rule.code]
    if not kind.least <= days <= kind.most:
        return Refusal("days_out_of_bounds", _out_of_bounds(kind.least, kind.most), 422, "days")
    for name, text in zip(("basis_ko", "basis_en"), basis, strict=True):
        if not GROUND[0] <= len(text) <= GROUND[1]:
            return Refusal("basis_length", _("Name the ground in 5 to 200 characters."), 422, name)
    return _why_no_warning(rule.code, days)


def _out_of_bounds(least: int, most: int) -> str:
    bounds = {"least": least, "most": most}
    return ngettext("From %(least)s to %(most)s day.", "From %(least)s to %(most)s days.", most) % bounds


def _why_no_warning(code: str, days: int) -> Refusal | None:
    """Whoever does not use an account has a month to come back after the mail."""
    if code not in ("inactive", "inactive_notice"):
        return None
    stored = dict(RetentionRule.objects.filter(code__in=["inactive", "inactive_notice"]).values_list("code", "days"))
    both = stored | {code: days}
    if both.get("inactive", 0) - both.get("inactive_notice", 0) >= NOTICE_LEAST:
        return None
    return Refusal(
        "no_warning", _("The notice has to go out at least 30 days before the account is erased."), 422, "days"
    )
