"""Why may an item that was set aside not be run again or dismissed?"""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from civic.feed.models import Item, SetAside
from civic.people.models import Person
from civic.people.rules import may
from civic.refusals import Refusal

FAILED_AGAIN = Refusal("failed_again", _("It failed again. The new error is shown below."))


def why_not_mend(person: Person | AnonymousUser, aside: SetAside | None) -> Refusal | None:
    """Administrators alone: the items belong to the installation, so the district of the role is no matter."""
    if not isinstance(person, Person) or not person.is_active:
        return Refusal("not_signed_in", _("Please sign in first."), 401)
    if not may(person, "mend_items"):
        return Refusal("not_admin", _("Only an administrator may do this."), 403)
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
