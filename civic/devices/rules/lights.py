"""Why may a list of lamps not be taken over?"""

from django.utils.translation import gettext_lazy as _

from civic.devices.official_list import Listed
from civic.refusals import Refusal


def why_not_import(listed: Listed) -> Refusal | None:
    """A list without one usable row would retire every lamp of the district."""
    if not listed.lamps:
        return Refusal("no_lamps", _("The list holds no usable row. Nothing was changed."), 422)
    return None
