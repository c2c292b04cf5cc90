"""Which roles does a person hold?"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from civic.people.models import Person, RoleGrant
from civic.people.roles import EVERYWHERE, ROLES, Resident, Role


@dataclass(frozen=True)
class RoleShown:
    """A role as others see it beside a name: the role, where it holds, and the office and telephone that go with it."""

    role: type[Role]
    scope: str
    office: str = ""
    phone: str = ""


def grants_of(person: Person | AnonymousUser) -> list[RoleGrant]:
    """All grants of a person: one query for each person object, none for somebody not signed in."""
    if not isinstance(person, Person):
        return []
    found: list[RoleGrant] | None = person.__dict__.get("_grants")
    if found is None:
        found = person.__dict__["_grants"] = list(person.grants.order_by("role", "scope"))
    return found


def forget_grants(person: Person) -> None:
    """Drop what `grants_of` remembers, after a change."""
    person.__dict__.pop("_grants", None)


def grant_for(person: Person | AnonymousUser, role: str, scope: str) -> RoleGrant | None:
    """The grant by which a person acts in `scope`: one for exactly that scope before one for the whole site."""
    fitting = [grant for grant in grants_of(person) if grant.role == role and grant.scope in (scope, EVERYWHERE)]
    return min(fitting, key=lambda grant: grant.scope == EVERYWHERE, default=None)


def roles_shown(person: Person | AnonymousUser) -> list[RoleShown]:
    """What stands beside a person's name: their granted roles, or resident where there is none."""
    shown = [RoleShown(ROLES[g.role], g.scope, g.office, g.phone) for g in grants_of(person) if g.role in ROLES]
    return shown or [RoleShown(Resident, "")]
