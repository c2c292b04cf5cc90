"""Whose desk is it? Districts in which a person holds a verb of the desk, and who may look at records there."""

from typing import Any

from django.http import HttpRequest
from wagtail.permission_policies import ModelPermissionPolicy

from civic.people.models import Person
from civic.people.roles import EVERYWHERE, district_of
from civic.people.rules import scopes_for
from civic.places.queries import districts


def districts_for(person: Person, verb: str) -> frozenset[str]:
    """The 5-digit codes of the districts in which a person holds the verb, or in a department of which."""
    known: dict[str, frozenset[str]] = person.__dict__.setdefault("_desk_districts", {})
    if verb not in known:
        scopes = scopes_for(person, verb)
        whole = EVERYWHERE in scopes
        known[verb] = frozenset(place.code for place in districts()) if whole else frozenset(map(district_of, scopes))
    return known[verb]


def desk_departments(person: Person) -> frozenset[str]:
    """Codes of the departments to which one's turn is narrowed; none for whom a whole district or the site is."""
    parted = [scope.partition(":") for scope in scopes_for(person, "read_records")]
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
