"""Which keys for programs may a person not make or stop, and why?"""

from django.utils.translation import gettext_lazy as _

from civic.people.models import ApiToken, Person
from civic.refusals import Refusal

MOST_TOKENS = 20

LONGEST_LABEL = 60


def why_not_issue_token(by: Person, person: Person, *, label: str) -> Refusal | None:
    """Refuse a key for somebody else, without a name, or beyond the number one can keep an eye on."""
    if by.pk != person.pk or not person.is_active:
        return Refusal("token_of_another", _("You can make keys for your own account only."), status=403)
    if not 1 <= len(label) <= LONGEST_LABEL:
        return Refusal("label_length", _("Name the program in 1 to 60 characters."), status=422, field="label")
    if person.tokens.filter(revoked_at__isnull=True).count() >= MOST_TOKENS:
        return Refusal("too_many_tokens", _("You have 20 keys. Revoke one that you no longer use."), field="label")
    return None


def why_not_revoke_token(by: Person, token: ApiToken) -> Refusal | None:
    """Refuse somebody else's key and one that is already revoked."""
    if token.person_id != by.pk:
        return Refusal("token_of_another", _("You can revoke keys of your own account only."), status=403)
    if token.revoked_at is not None:
        return Refusal("token_revoked", _("This key is already revoked."))
    return None
