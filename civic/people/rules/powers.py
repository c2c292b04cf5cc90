"""Does the table of powers give a person this verb, here?"""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from civic.people.models import Person
from civic.people.powers import POWERS, Guest
from civic.people.queries import grant_for, grants_of
from civic.people.roles import Resident
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


def why_not_by_role(person: Person | AnonymousUser, verb: str, scope: str) -> Refusal | None:
    """Refuse whoever is not signed in, holds none of the verb's roles, or holds it somewhere else."""
    if may(person, verb, scope):
        return None
    if not isinstance(person, Person) or not person.is_active:
        return Refusal("not_signed_in", _("Please sign in first."), status=401)
    if may(person, verb):
        return Refusal("role_elsewhere", _("Your role holds in another district."), status=403)
    return Refusal("role_missing", _("Your account does not have the role for this."), status=403)
