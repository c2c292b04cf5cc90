"""Does the table of powers give a person this verb, here?"""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from civic.people.models import Person
from civic.people.powers import POWERS, Guest
from civic.people.queries import grant_for, grants_of
from civic.people.roles import Resident, district_of
from civic.refusals import Refusal

CONSENT_DUE = Refusal(
    "consent_due",
    _("A text that you agreed to has changed. Open the front page in another window and answer, then send this again."),
    403,
)


def may(person: Person | AnonymousUser, verb: str, scope: str = "") -> bool:
    """Does the person hold one of the verb's roles in this scope, or, where no scope is named, in any?"""
    roles = POWERS[verb].roles
    if Guest in roles:
        return True
    if not isinstance(person, Person) or not person.is_active:
        return False
    if Resident in roles:
        return True
    if scope:
        return any(grant_for(person, role.code, scope) for role in roles)
    return any(grant.role == role.code for grant in grants_of(person) for role in roles)


def scopes_for(person: Person, verb: str) -> set[str]:
    """Where the person holds one of the verb's roles: what lies inside is theirs too."""
    codes = {role.code for role in POWERS[verb].roles}
    return {grant.scope for grant in grants_of(person) if grant.role in codes}


def why_not_by_role(person: Person | AnonymousUser, verb: str, scope: str) -> Refusal | None:
    """Refuse whoever is not signed in, holds none of the verb's roles, or holds it somewhere else.

    An act somewhere waits, too, for the answer to a text that has changed; entering the desk leads to that question.
    """
    if may(person, verb, scope):
        return why_consent_due(person) if scope else None
    if not isinstance(person, Person) or not person.is_active:
        return Refusal("not_signed_in", _("Please sign in first."), status=401)
    if may(person, verb):
        return _elsewhere(person, verb, scope)
    return Refusal("role_missing", _("Your account does not have the role for this."), status=403)


def why_consent_due(person: Person | AnonymousUser) -> Refusal | None:
    """Refuse whose account stands on a text that has changed: asked of the row that came with the request."""
    return CONSENT_DUE if isinstance(person, Person) and person.consent_due else None


def _elsewhere(person: Person, verb: str, scope: str) -> Refusal:
    """Is it another district's, or only another department's of the same one?"""
    codes = {role.code for role in POWERS[verb].roles}
    if any(grant.role in codes and district_of(grant.scope) == district_of(scope) for grant in grants_of(person)):
        return Refusal("other_department", _("This is with another department. Ask it to hand it on."), status=403)
    return Refusal("role_elsewhere", _("Your role holds in another district."), status=403)
