"""Which roles does a person hold, and who holds or held which?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from civic.clocks.deadlines import last_day
from civic.clocks.now import database_clock
from civic.people.models import Person, RoleGrant, RoleStep
from civic.people.roles import (
    ROLES,
    Resident,
    Role,
    department_scope,
    district_of,
    district_scope,
    reaches,
    scopes_over,
)


@dataclass(frozen=True)
class RoleShown:
    """A role as others see it beside a name: where it holds, the office and telephone with it, the end of its term."""

    role: type[Role]
    scope: str
    office: str = ""
    phone: str = ""
    until: datetime | None = None

    @property
    def last_day(self) -> datetime | None:
        """The last moment of the term, for showing its date."""
        return last_day(self.until) if self.until else None


def grants_of(person: Person | AnonymousUser) -> list[RoleGrant]:
    """All grants of a person whose term has not ended: one query for each person object, none for somebody else."""
    if not isinstance(person, Person):
        return []
    found: list[RoleGrant] | None = person.__dict__.get("_grants")
    if found is None:
        held = person.grants.filter(Q(until__isnull=True) | Q(until__gt=database_clock()))
        found = person.__dict__["_grants"] = list(held.order_by("role", "scope"))
    return found


def forget_grants(person: Person) -> None:
    """Drop what `grants_of` remembers, after a change."""
    person.__dict__.pop("_grants", None)


def grant_for(person: Person | AnonymousUser, role: str, scope: str) -> RoleGrant | None:
    """The grant by which a person acts in `scope`: the nearest first, so a department's before the district's."""
    fitting = [grant for grant in grants_of(person) if grant.role == role and reaches(grant.scope, scope)]
    return max(fitting, key=lambda grant: len(grant.scope), default=None)


def grant_in(person: Person | AnonymousUser, role: str, district: str) -> RoleGrant | None:
    """The grant by which a person speaks in a district: one that holds there, or in one of its departments."""
    here = grant_for(person, role, district_scope(district))
    inside = (
        grant
        for grant in grants_of(person)
        if grant.role == role and grant.scope.startswith(department_scope(f"{district}."))
    )
    return here or next(inside, None)


def roles_shown(person: Person | AnonymousUser) -> list[RoleShown]:
    """What stands beside a person's name: their granted roles, or resident where there is none."""
    shown = [
        RoleShown(ROLES[g.role], g.scope, g.office, g.phone, g.until) for g in grants_of(person) if g.role in ROLES
    ]
    return shown or [RoleShown(Resident, "")]


def name_in_office(person: Person) -> str:
    """By what name logs and histories know somebody of the staff: the one of their role, else the nickname."""
    return next((grant.name for grant in grants_of(person) if grant.name), person.nickname)


def holders_over(role: str, scope: str, *, at: datetime) -> list[UUID]:
    """Ids of the open accounts that hold the role there, or in what lies over it: one query."""
    held = RoleGrant.objects.filter(role=role, scope__in=scopes_over(scope), person__is_active=True)
    return list(held.filter(Q(until__isnull=True) | Q(until__gt=at)).values_list("person", flat=True).distinct())


def run_out(at: datetime) -> QuerySet[RoleGrant]:
    """Grants whose term has ended, the first to end first."""
    return RoleGrant.objects.filter(until__lte=at).select_related("person").order_by("until", "pk")


def held_within(scopes: Iterable[str]) -> QuerySet[RoleGrant]:
    """Who holds what in these scopes and in what lies inside them, by role; departments and labs of a district too."""
    rows = RoleGrant.objects.filter(_inside(scopes)).select_related("person")
    return rows.order_by("role", "scope", "person__nickname")


def steps_within(scopes: Iterable[str]) -> QuerySet[RoleStep]:
    """What was given, taken back or ran out there, the newest first."""
    return RoleStep.objects.filter(_inside(scopes)).select_related("person", "by").order_by("-at", "-id")


def _inside(scopes: Iterable[str]) -> Q:
    found = Q(pk__in=[])
    for scope in scopes:
        if not (district := district_of(scope)):
            return Q()  # the whole site
        found |= Q(scope=scope) | Q(scope__startswith=f"{scope}.")
        if scope == district_scope(district):
            found |= Q(scope__startswith=f"department:{district}.") | Q(scope__startswith=f"lab:{district}.")
    return found
