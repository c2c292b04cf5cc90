"""Which roles does a person hold, which keys, and is the address theirs?"""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet

from .models import ApiToken, Person, RoleGrant
from .roles import EVERYWHERE, ROLES, Resident, Role


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


def tokens_of(person: Person) -> QuerySet[ApiToken]:
    """A person's keys for programs, the newest first, revoked ones too."""
    return person.tokens.order_by("revoked_at", "-created_at")


def open_account(email: str) -> Person | None:
    """The account with this address, unless it is closed."""
    return Person.objects.filter(email=email.lower(), is_active=True).first()


def is_confirmed(person: Person) -> bool:
    """Has anybody ever shown that they read the mail of this account?"""
    return EmailAddress.objects.filter(user=person, verified=True).exists()


def never_confirmed(before: datetime) -> QuerySet[Person]:
    """Accounts opened before that moment, never confirmed and never used, the oldest first."""
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    unused = Person.objects.filter(last_login__isnull=True, is_staff=False, is_superuser=False, grants__isnull=True)
    return unused.filter(~Exists(confirmed), date_joined__lte=before).order_by("date_joined")
