"""Why may what the codes of a sheet did not be taken back?"""

from django.utils.translation import gettext_lazy as _

from civic.ledger.models import Entry
from civic.people.models import Letter, Person, Verification
from civic.people.roles import district_scope
from civic.refusals import Refusal

from .levels import why_not_reason
from .powers import why_not_by_role


def why_not_undo(by: Person, sheet: Entry) -> Refusal | None:
    """An administrator of the district, while there is something left of it."""
    if (refusal := why_not_by_role(by, "take_back_sheets", district_scope(sheet.district))) is not None:
        return refusal
    if Letter.objects.filter(sheet=sheet.pk).exists() or Verification.objects.filter(sheet=sheet.pk).exists():
        return None
    return Refusal(
        "sheet_empty", _("Nothing rests on this sheet any more: no code is open, and no check stands on one.")
    )


def why_not_take_back_sheet(by: Person, sheet: Entry, *, reason: str) -> Refusal | None:
    """The same, and never without a reason."""
    return why_not_undo(by, sheet) or why_not_reason(reason)
