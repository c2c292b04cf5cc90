"""By which accounts of others may a person not sign in, and why?"""

from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext_lazy as _

from civic.people.models import Person
from civic.people.queries import is_confirmed
from civic.refusals import Refusal


def why_not_link(provider: str, subject: str) -> Refusal | None:
    """Refuse an account elsewhere that belongs to an account here already."""
    if SocialAccount.objects.filter(provider=provider, uid=subject).exists():
        return Refusal("account_linked", _("This account elsewhere already belongs to another account here."))
    return None


def why_not_unlink(by: Person, account: SocialAccount) -> Refusal | None:
    """Refuse somebody else's, and the last way in of an account without a confirmed address."""
    if account.user_id != by.pk:
        return Refusal("link_of_another", _("You can change your own account only."), status=403)
    if not is_confirmed(by):
        return Refusal(
            "last_way_in", _("Please confirm your e-mail address first: without it you could not come back.")
        )
    return None
