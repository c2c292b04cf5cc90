"""How does a role come to a person, and go?"""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Model, Q

from civic.ledger.facts import Fact
from civic.ledger.record import record
from civic.people.facts import (
    RoleExpired,
    RoleGranted,
    RoleRevoked,
)
from civic.people.models import Person, RoleGrant, RoleStep
from civic.people.powers import POWERS
from civic.people.queries import find_department, forget_grants, name_in_office, run_out
from civic.people.roles import EVERYWHERE, ROLES, Admin, Official, district_of, group_name
from civic.people.rules import (
    needs_second_step,
    why_not_expire_role,
    why_not_grant,
    why_not_revoke,
)
from civic.refusals import insist
from civic.texts import clean_line

from .holding import lock
from .keys import stop_every_token


@transaction.atomic
def grant_role(
    *,
    by: Person | None,
    person: Person,
    role: str,
    scope: str,
    name: str = "",
    office: str = "",
    phone: str = "",
    until: datetime | None = None,
    reason: str = "",
    at: datetime,
) -> RoleGrant:
    """Give a person a role in a scope, for ever or until a moment; `by` None is the installation itself.

    An official of a department is shown with its name and telephone where no others are given. `name` is the person's
    own, which they sign with. Keys that were made with a password alone do not become keys of the staff: they stop.
    """
    reason, shown = clean_line(reason), _signature(role, scope, clean_line(office), clean_line(phone))
    shown["name"] = clean_line(name)
    lock(person)
    for over in run_out(at).filter(person=person):
        expire_role(grant=over, at=at)
    insist(why_not_grant(by, person, role, scope, **shown, until=until, reason=reason, at=at))
    had_shown = needs_second_step(person)
    grant = RoleGrant.objects.create(person=person, role=role, scope=scope, **shown, granted_at=at, until=until)
    _follow_grants(person, role)
    _write(RoleStep.Kind.GRANTED, grant, by, reason, at)
    stopped = stop_every_token(person=person, at=at) if needs_second_step(person) and not had_shown else 0
    codes = {"role": role, "scope": scope, "until": until.isoformat() if until else ""}
    fact = RoleGranted(key=_key(grant), district=district_of(scope), **codes, stopped=stopped)
    _tell(fact, grant, _concerned(person, by), at)
    return grant


@transaction.atomic
def revoke_role(*, by: Person | None, person: Person, role: str, scope: str, reason: str = "", at: datetime) -> None:
    """Take a role in a scope from a person."""
    reason = clean_line(reason)
    if role == Admin.code and scope == EVERYWHERE:
        _lock_administrators(by)
    lock(person)
    insist(why_not_revoke(by, person, role, scope, reason=reason))
    grant = RoleGrant.objects.get(person=person, role=role, scope=scope)
    _end(grant)
    _write(RoleStep.Kind.REVOKED, grant, by, reason, at)
    fact = RoleRevoked(key=_key(grant), district=district_of(scope), role=role, scope=scope)
    _tell(fact, grant, _concerned(person, by, reason=reason), at)


@transaction.atomic
def expire_role(*, grant: RoleGrant, at: datetime) -> None:
    """Take a role whose term has ended out of the books. The clock does it; from that moment it counted no more."""
    person = grant.person
    lock(person)
    grant = RoleGrant.objects.select_for_update(of=("self",)).select_related("person").get(pk=grant.pk)
    insist(why_not_expire_role(grant, at=at))
    _end(grant)
    _write(RoleStep.Kind.EXPIRED, grant, None, "", at)
    fact = RoleExpired(key=_key(grant), district=district_of(grant.scope), role=grant.role, scope=grant.scope)
    _tell(fact, grant, _concerned(person, None), at)
    forget_grants(person)


def _signature(role: str, scope: str, office: str, phone: str) -> dict[str, str]:
    """What is shown beside an official's words: by default what their department is called."""
    kind, _colon, code = scope.partition(":")
    if role == Official.code and kind == "department" and (department := find_department(code)) is not None:
        office, phone = office or department.title_ko, phone or department.phone
    return {"office": office, "phone": phone}


def _lock_administrators(by: Person | None) -> None:
    """Let two administrators who take the role from each other wait here: the rule counts who is left."""
    list(RoleGrant.objects.select_for_update().filter(role=Admin.code, scope=EVERYWHERE).order_by("pk"))
    if by is not None:
        forget_grants(by)  # the role may have gone while they waited


def _end(grant: RoleGrant) -> None:
    RoleGrant.objects.filter(pk=grant.pk).delete()
    _follow_grants(grant.person, grant.role)


def _write(kind: RoleStep.Kind, grant: RoleGrant, by: Person | None, reason: str, at: datetime) -> None:
    until = grant.until if kind == RoleStep.Kind.GRANTED else None
    RoleStep.objects.create(
        person=grant.person,
        person_name=grant.signature,
        role=grant.role,
        scope=grant.scope,
        kind=kind,
        until=until,
        reason=reason,
        by=by,
        by_name=name_in_office(by) if by else "",
        by_site=by is None,
        at=at,
    )


def _follow_grants(person: Person, role: str) -> None:
    """Keep the groups by which Wagtail gives rights, and the way to the desk, in step with the grants.

    Who edits pages is in a group for each scope too: it says whose pages.
    """
    forget_grants(person)
    grants = list(person.grants.values_list("role", "scope"))
    held = {code for code, _scope in grants}
    wanted = {group_name(code) for code in held if code == role}
    if ROLES[role] in POWERS["edit_pages"].roles:
        wanted |= {group_name(code, scope) for code, scope in grants if code == role}
    own = Q(name=group_name(role)) | Q(name__startswith=f"{group_name(role)}:")
    person.groups.remove(*person.groups.filter(own).exclude(name__in=wanted))
    person.groups.add(*(Group.objects.get_or_create(name=name)[0] for name in wanted))
    person.is_staff = person.is_superuser or any(ROLES[code].staff for code in held if code in ROLES)
    person.save(update_fields=["is_staff"])


def _key(grant: RoleGrant) -> str:
    return f"role:{grant.role}:{grant.scope}"


def _tell(fact: Fact, grant: RoleGrant, concerns: Mapping[Model, Mapping[str, str]], at: datetime) -> None:
    record(fact, state={"role": grant.role, "scope": grant.scope}, concerns=concerns, at=at)


def _concerned(person: Person, by: Person | None, *, reason: str = "") -> dict[Model, dict[str, str]]:
    """Who it is about. The reason is for the holder alone: it goes with the private row, never into the fact."""
    holder = {"as": "holder", "reason": reason} if reason else {"as": "holder"}
    return {person: holder} if by is None or by == person else {person: holder, by: {"as": "grantor"}}
