"""Whose desk is it? Districts a person works in, and who may look at records there."""

from typing import Any

from django.http import HttpRequest
from wagtail.permission_policies import ModelPermissionPolicy

from civic.people.models import Person, RoleGrant
from civic.people.queries import grants_of
from civic.people.roles import EVERYWHERE, ROLES, district_of
from civic.places.queries import districts


def desk_districts(person: Person) -> frozenset[str]:
    """The 5-digit codes of the districts in which a person holds a role of the staff, or in a department of which."""
    found: frozenset[str] | None = person.__dict__.get("_desk_districts")
    if found is None:
        found = person.__dict__["_desk_districts"] = _look_up(person)
    return found


def desk_departments(person: Person) -> frozenset[str]:
    """Codes of the departments to which one's turn is narrowed; none for whom a whole district or the site is."""
    scopes = [grant.scope for grant in _staff_grants(person)]
    parted = [scope.partition(":") for scope in scopes]
    return (
        frozenset(code for _kind, _colon, code in parted) if all(p[0] == "department" for p in parted) else frozenset()
    )


def person_at(request: HttpRequest) -> Person:
    """The desk lets nobody in who is not signed in."""
    assert isinstance(request.user, Person)
    return request.user


class Records(ModelPermissionPolicy):
    """Civic records at the desk: read, or added by our own form where `addable`; never changed or deleted."""

    def __init__(self, model: Any, *, addable: bool = False) -> None:
        super().__init__(model)
        self.actions = {"view", "add"} if addable else {"view"}

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.actions and super().user_has_permission(user, action)


def _look_up(person: Person) -> frozenset[str]:
    scopes = {grant.scope for grant in _staff_grants(person)}
    inside = {district_of(scope) for scope in scopes}
    return frozenset(place.code for place in districts() if EVERYWHERE in scopes or place.code in inside)


def _staff_grants(person: Person) -> list[RoleGrant]:
    return [grant for grant in grants_of(person) if grant.role in ROLES and ROLES[grant.role].staff]
