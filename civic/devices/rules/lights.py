"""Why may a list of lamps not be taken over?"""

from django.utils.translation import gettext as _

from civic.devices.difference import Difference
from civic.refusals import Refusal

FEW = 10  # lamps: so many may go from the smallest list
MOST_GONE = 0.2  # of the lamps in service: more is another district's list, half a download, or one hard to read
MOST_OUTSIDE = 0.5  # of the points


def why_not_replace(found: Difference) -> Refusal | None:
    """A list without one usable row would retire every lamp of the district."""
    if not found.placed:
        return Refusal("no_lamps", _("The list holds no usable row. Nothing was changed."), 422)
    return None


def why_not_import(found: Difference) -> Refusal | None:
    """Nor one that is likely cut short or another district's: somebody has to look at it first."""
    return why_not_replace(found) or _too_many_gone(found) or _elsewhere(found)


def _too_many_gone(found: Difference) -> Refusal | None:
    gone, all_ = found.lacking, found.in_service
    if gone <= max(FEW, MOST_GONE * all_):
        return None
    told = _("The list lacks %(gone)s of the %(all)s lamps in service. Is it whole? Nothing was changed.")
    return Refusal("retires_many", told % {"gone": f"{gone:,}", "all": f"{all_:,}"})


def _elsewhere(found: Difference) -> Refusal | None:
    if found.outside <= max(FEW, MOST_OUTSIDE * found.pointed):
        return None
    told = _("%(outside)s of %(all)s points lie outside the district. Is it its list? Nothing was changed.")
    return Refusal("elsewhere", told % {"outside": f"{found.outside:,}", "all": f"{found.pointed:,}"})
