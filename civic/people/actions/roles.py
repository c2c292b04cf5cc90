"""How does a role come to a person, and go?"""

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Model

from civic.ledger.record import record
from civic.people.facts import (
    RoleGranted,
    RoleRevoked,
)
from civic.people.models import Person, RoleGrant
from civic.people.queries import forget_grants
from civic.people.roles import EVERYWHERE, ROLES, Admin
from civic.people.rules import (
    why_not_grant,
    why_not_revoke,
)
from civic.refusals import insist
from civic.texts import clean_line

from .holding import lock


@transaction.atomic
def grant_role(
    *, by: Person | None, person: Person, role: str, scope: str, office: str = "", phone: str = "", at: datetime
) -> RoleGrant:
    """Give a person a role in a scope; `by` None is the installation itself."""
    office, phone = clean_line(office), clean_line(phone)
    lock(person)
    insist(why_not_grant(by, person, role, scope, office=office, phone=phone))
    grant = RoleGrant.objects.create(person=person, role=role, scope=scope, office=office, phone=phone, granted_at=at)
    _follow_grants(person, role)
    fact = RoleGranted(key=f"role:{role}:{scope}", district=_district(scope), role=role, scope=scope)
    record(fact, state={"role": role, "scope": scope}, concerns=_concerned(person, by), at=at)
    return grant


@transaction.atomic
def revoke_role(*, by: Person | None, person: Person, role: str, scope: str, at: datetime) -> None:
    """Take a role in a scope from a person."""
    if role == Admin.code and scope == EVERYWHERE:
        _lock_administrators(by)
    lock(person)
    insist(why_not_revoke(by, person, role, scope))
    RoleGrant.objects.filter(person=person, role=role, scope=scope).delete()
    _follow_grants(person, role)
    fact = RoleRevoked(key=f"role:{role}:{scope}", district=_district(scope), role=role, scope=scope)
    record(fact, state={"role": role, "scope": scope}, concerns=_concerned(person, by), at=at)


def _lock_administrators(by: Person | None) -> None:
    """Let two administrators who take the role from each other wait here: the rule counts who is left."""
    list(RoleGrant.objects.select_for_update().filter(role=Admin.code, scope=EVERYWHERE).order_by("pk"))
    if by is not None:
        forget_grants(by)  # the role may have gone while they waited


def _follow_grants(person: Person, role: str) -> None:
    """Keep the group `role:<code>`, by which Wagtail gives rights, and the way to the desk in step with the grants."""
    forget_grants(person)
    held = set(person.grants.values_list("role", flat=True))
    group, _made = Group.objects.get_or_create(name=f"role:{role}")
    (person.groups.add if role in held else person.groups.remove)(group)
    person.is_staff = person.is_superuser or any(ROLES[code].staff for code in held if code in ROLES)
    person.save(update_fields=["is_staff"])


def _district(scope: str) -> str:
    kind, _colon, code = scope.partition(":")
    return code if kind == "district" else ""


def _concerned(person: Person, by: Person | None) -> dict[Model, dict[str, str]]:
    if by is None or by == person:
        return {person: {"as": "holder"}}
    return {person: {"as": "holder"}, by: {"as": "grantor"}}
