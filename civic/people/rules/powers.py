"""Does the table of powers give a person this verb, here?"""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from civic.people.models import Person
from civic.people.powers import POWERS, Guest
from civic.people.queries import grant_for, grants_of
from civic.people.roles import Resident, district_of
from civic.refusals import Refusal


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
    """Refuse whoever is not signed in, holds none of the verb's roles, or holds it somewhere else."""
    if may(person, verb, scope):
        return None
    if not isinstance(person, Person) or not person.is_active:
        return Refusal("not_signed_in", _("Please sign in first."), status=401)
    if may(person, verb):
        return _elsewhere(person, verb, scope)
    return Refusal("role_missing", _("Your account does not have the role for this."), status=403)


def _elsewhere(person: Person, verb: str, scope: str) -> Refusal:
    """Is it another district's, or only another department's of the same one?"""
    codes = {role.code for role in POWERS[verb].roles}
    if any(grant.role in codes and district_of(grant.scope) == district_of(scope) for grant in grants_of(person)):
        return Refusal("other_department", _("This is with another department. Ask it to hand it on."), status=403)
    return Refusal("role_elsewhere", _("Your role holds in another district."), status=403)
