"""Why may an item that was set aside not be run again or dismissed?"""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from civic.feed.models import Item, SetAside
from civic.people.models import Person
from civic.people.rules import why_not_by_role
from civic.refusals import Refusal

from .queries import scope_of

FAILED_AGAIN = Refusal("failed_again", _("It failed again. The new error is shown below."))


def why_not_mend(person: Person | AnonymousUser, aside: SetAside | None) -> Refusal | None:
    """Administrators of the district that the item is about; of the whole site where it is about none."""
    if (refusal := why_not_by_role(person, "mend_items", scope_of(aside) if aside else "")) is not None:
        return refusal
    if aside is None:
        return Refusal("not_set_aside", _("Somebody has dealt with this item already."))
    return None


def why_not_run_again(item: Item | None, *, known: bool) -> Refusal | None:
    """There must be an item to run, and a reaction to run it."""
    if not known:
        return Refusal("reaction_gone", _("This reaction does not exist any more. The item can only be dismissed."))
    if item is None:
        return Refusal("item_gone", _("The item itself is gone. It can only be dismissed."))
    return None
