"""Which keys for programs may a person not make or stop, and why?"""

from django.utils.translation import gettext_lazy as _

from civic.people.models import ApiToken, Person
from civic.people.queries import has_factor
from civic.refusals import Refusal

from .powers import may

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


def needs_second_step(person: Person) -> bool:
    """Do their keys open the desk's acts, so that a password alone makes none?"""
    return person.is_superuser or may(person, "enter_desk")


def why_not_ask_for_token(person: Person) -> Refusal | None:
    """Refuse somebody of the staff without a second step: a key does what their role may. Whoever has one shows it."""
    if needs_second_step(person) and not has_factor(person):
        words = _("With your role a key is made with a second step only. Add a passkey or an app, then come back.")
        return Refusal("factor_missing", words, status=403)
    return None


def why_not_revoke_token(by: Person, token: ApiToken) -> Refusal | None:
    """Refuse somebody else's key and one that is already revoked."""
    if token.person_id != by.pk:
        return Refusal("token_of_another", _("You can revoke keys of your own account only."), status=403)
    if token.revoked_at is not None:
        return Refusal("token_revoked", _("This key is already revoked."))
    return None
