"""Why may an account not be erased?"""

from django.utils.translation import gettext_lazy as _

from civic.people.models import Person
from civic.people.rules import may
from civic.refusals import Refusal


def why_not_erase(by: Person | None, person: Person) -> Refusal | None:
    """One's own account, or by the clock (None); not while somebody answers in office with it."""
    if by is not None and by.pk != person.pk:
        return Refusal("not_own_account", _("You can erase your own account only."), 403)
    if person.is_superuser or may(person, "enter_desk"):
        text = _("This account has a role at the desk. An administrator has to take the role back first.")
        return Refusal("in_office", text)
    return None
