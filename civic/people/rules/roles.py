"""In which role may a person not act, which may not be given or taken, and why?"""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from civic.people.models import Person, RoleGrant
from civic.people.queries import grant_for, grants_of
from civic.people.roles import EVERYWHERE, ROLES, Admin, Resident, district_scope
from civic.places.models import District
from civic.refusals import Refusal

from .powers import why_not_by_role


def holds(person: Person | AnonymousUser, role: str, scope: str) -> bool:
    """Does the person hold the role in this scope? Residents need no grant, only an account that is open."""
    if not isinstance(person, Person) or not person.is_active:
        return False
    return role == Resident.code or grant_for(person, role, scope) is not None


def why_not_act_as(person: Person | AnonymousUser, role: str, scope: str) -> Refusal | None:
    """Refuse whoever is not signed in, does not hold the role, or holds it somewhere else."""
    if not isinstance(person, Person) or not person.is_active:
        return Refusal("not_signed_in", _("Please sign in first."), status=401)
    if holds(person, role, scope):
        return None
    if any(grant.role == role for grant in grants_of(person)):
        return Refusal("role_elsewhere", _("Your role holds in another district."), status=403)
    return Refusal("role_missing", _("Your account does not have the role for this."), status=403)


def why_not_grant(
    by: Person | None, person: Person, role: str, scope: str, *, office: str, phone: str
) -> Refusal | None:
    """Refuse a grant by somebody who keeps no roles there, of an unknown role, or without what it must show.

    `by` None is the installation itself: the first administrator, the demonstration.
    """
    known = ROLES.get(role)
    if known is None or known is Resident:
        return Refusal("role_unknown", _("There is no such role to grant."), status=422, field="role")
    if not _is_scope(scope):
        return Refusal("scope_unknown", _("There is no such place to hold a role in."), status=422, field="scope")
    if by is not None and (refusal := why_not_by_role(by, "grant_roles", scope)) is not None:
        return refusal
    if known.needs_office and not office:
        return Refusal("office_missing", _("This role shows a department or field: please name it."), 422, "office")
    if known.needs_phone and not phone:
        return Refusal("phone_missing", _("This role shows an office telephone: please give it."), 422, "phone")
    if any(grant.role == role and grant.scope == scope for grant in grants_of(person)):
        return Refusal("role_held", _("The person already holds this role here."))
    return None


def why_not_revoke(by: Person | None, person: Person, role: str, scope: str) -> Refusal | None:
    """Refuse taking away what is not held, by somebody who keeps no roles there, or the site's last administrator.

    The last one is counted under the lock that `revoke_role` holds on all of them; the installation itself has to
    name another first too.
    """
    if by is not None and (refusal := why_not_by_role(by, "grant_roles", scope)) is not None:
        return refusal
    if not any(grant.role == role and grant.scope == scope for grant in grants_of(person)):
        return Refusal("role_not_held", _("The person does not hold this role here."))
    if by == person and role == Admin.code and scope == EVERYWHERE:
        return Refusal("own_role", _("Another administrator has to take this role from you."), status=403)
    if role == Admin.code and scope == EVERYWHERE and not _other_administrators(person):
        return Refusal("last_admin", _("This is the last administrator of the site. Please name another first."))
    return None


def _is_scope(scope: str) -> bool:
    return scope == EVERYWHERE or scope in map(district_scope, District.objects.values_list("code", flat=True))


def _other_administrators(person: Person) -> bool:
    others = RoleGrant.objects.filter(role=Admin.code, scope=EVERYWHERE, person__is_active=True)
    return others.exclude(person=person).exists()
