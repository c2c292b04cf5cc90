"""In which role may a person not act, which may not be given or taken, and why?"""

import re
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from civic.people.models import Department, Person, RoleGrant
from civic.people.queries import grant_for
from civic.people.roles import EVERYWHERE, ROLES, Admin, Resident, Role, district_of
from civic.places.models import District
from civic.refusals import Refusal

from .powers import why_not_by_role

REASON = (5, 200)  # characters
LONGEST = {"name": 30, "office": 60, "phone": 20}
LONGEST_TERM = timedelta(days=3_660)
_LAB = re.compile(r"lab:\d{5}\.[a-z0-9-]{1,30}", re.ASCII)


def holds(person: Person | AnonymousUser, role: str, scope: str) -> bool:
    """Does the person hold the role in this scope? Residents need no grant, only an account that is open."""
    if not isinstance(person, Person) or not person.is_active:
        return False
    return role == Resident.code or grant_for(person, role, scope) is not None


def why_not_grant(
    by: Person | None,
    person: Person,
    role: str,
    scope: str,
    *,
    name: str,
    office: str,
    phone: str,
    until: datetime | None = None,
    reason: str = "",
    at: datetime,
) -> Refusal | None:
    """Refuse a grant by somebody who keeps no roles there, of an unknown role, or without what it must say or show.

    Nobody gives themselves one: a second pair of eyes sees every role. `by` None is the installation itself: the first
    administrator, the demonstration.
    """
    known = ROLES.get(role)
    if known is None or known is Resident:
        return Refusal("role_unknown", _("There is no such role to grant."), status=422, field="role")
    if not _is_scope(scope):
        return Refusal("scope_unknown", _("There is no such place to hold a role in."), status=422, field="scope")
    if scope.partition(":")[0] not in known.within:
        return Refusal("scope_unfit", _("This role cannot be held there. Choose another place."), 422, "scope")
    if by is not None and (refusal := _why_not_give(by, person, scope, reason)) is not None:
        return refusal
    if until is not None and not at < until <= at + LONGEST_TERM:
        return Refusal("until_unfit", _("Choose a day from tomorrow on, within ten years."), 422, "until")
    if (refusal := _why_not_shown(known, name, office, phone)) is not None:
        return refusal
    if person.grants.filter(role=role, scope=scope).exists():
        return Refusal("role_held", _("The person already holds this role here."))
    return None


def why_not_revoke(by: Person | None, person: Person, role: str, scope: str, *, reason: str = "") -> Refusal | None:
    """Refuse taking away what is not held, by somebody who keeps no roles there, or the site's last administrator.

    The last one is counted under the lock that `revoke_role` holds on all of them; the installation itself has to
    name another first too.
    """
    if by is not None and (refusal := _why_not_keep(by, scope, reason)) is not None:
        return refusal
    if not person.grants.filter(role=role, scope=scope).exists():
        return Refusal("role_not_held", _("The person does not hold this role here."))
    if by == person and role == Admin.code and scope == EVERYWHERE:
        return Refusal("own_role", _("Another administrator has to take this role from you."), status=403)
    if role == Admin.code and scope == EVERYWHERE and not _other_administrators(person):
        return Refusal("last_admin", _("This is the last administrator of the site. Please name another first."))
    return None


def why_not_expire_role(grant: RoleGrant, *, at: datetime) -> Refusal | None:
    """Refuse as long as the term runs, or where there is none."""
    if grant.until is None or at < grant.until:
        return Refusal("term_runs", _("The term of this role has not ended."))
    return None


def _why_not_shown(role: type[Role], name: str, office: str, phone: str) -> Refusal | None:
    """What the role must show under its words is there, and no longer than is kept."""
    for field, words in (("name", name), ("office", office), ("phone", phone)):
        if len(words) > (most := LONGEST[field]):
            text = _("%(most)s characters at most; these are %(size)s.") % {"most": most, "size": len(words)}
            return Refusal("too_long", text, 422, field)
    if role.needs_name and not name:
        return Refusal("name_missing", _("This role signs with a name: please give it as on the card."), 422, "name")
    if role.needs_office and not office:
        return Refusal("office_missing", _("This role shows a department or field: please name it."), 422, "office")
    if role.needs_phone and not phone:
        return Refusal("phone_missing", _("This role shows an office telephone: please give it."), 422, "phone")
    return None


def _why_not_give(by: Person, person: Person, scope: str, reason: str) -> Refusal | None:
    """Somebody else who keeps roles there."""
    if (refusal := _why_not_keep(by, scope, reason)) is not None:
        return refusal
    own = Refusal("own_role", _("Another administrator has to give you a role."), 403, "email")
    return own if by == person else None


def _why_not_keep(by: Person, scope: str, reason: str) -> Refusal | None:
    """Somebody who keeps roles there, and says why."""
    if (refusal := why_not_by_role(by, "grant_roles", scope)) is not None:
        return refusal
    if not REASON[0] <= len(reason) <= REASON[1]:
        return Refusal("reason_length", _("Give a reason in 5 to 200 characters."), 422, "reason")
    return None


def _is_scope(scope: str) -> bool:
    if scope == EVERYWHERE:
        return True
    kind, _colon, code = scope.partition(":")
    if kind == "department":
        return Department.objects.filter(code=code, closed_at=None).exists()
    if not District.objects.filter(code=district_of(scope)).exists():
        return False
    return kind == "district" or _LAB.fullmatch(scope) is not None


def _other_administrators(person: Person) -> bool:
    others = RoleGrant.objects.filter(role=Admin.code, scope=EVERYWHERE, person__is_active=True)
    return others.exclude(person=person).exists()
