"""Whose desk is it? Districts in which a person holds a verb of the desk, and who may look at records there."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.permission_policies import ModelPermissionPolicy

from civic.people.models import Person
from civic.people.roles import EVERYWHERE, district_of
from civic.people.rules import scopes_for
from civic.places.queries import districts

WORK = "work_on_faults"  # whoever works on faults answers proposals too


@dataclass(frozen=True)
class Turn:
    """Where something waits: `mine`, where the person may act on it; otherwise it waits for others, to be read."""

    districts: frozenset[str]
    departments: frozenset[str]
    mine: bool


def turn_of(person: Person) -> Turn:
    """The districts and departments in which one acts; of those who act nowhere, what their desk shows them."""
    mine = bool(scopes_for(person, WORK))
    verb = WORK if mine else "read_records"
    return Turn(districts_for(person, verb), desk_departments(person, verb), mine)


def districts_for(person: Person, verb: str) -> frozenset[str]:
    """The 5-digit codes of the districts in which a person holds the verb, or in a department of which."""
    known: dict[str, frozenset[str]] = person.__dict__.setdefault("_desk_districts", {})
    if verb not in known:
        scopes = scopes_for(person, verb)
        whole = EVERYWHERE in scopes
        known[verb] = frozenset(place.code for place in districts()) if whole else frozenset(map(district_of, scopes))
    return known[verb]


def desk_departments(person: Person, verb: str = "read_records") -> frozenset[str]:
    """Codes of the departments to which a verb is narrowed; none for whom a whole district or the site is."""
    parted = [scope.partition(":") for scope in scopes_for(person, verb)]
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
