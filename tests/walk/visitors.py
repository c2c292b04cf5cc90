"""Who walks? One person of every role in Seongdong, nobody, and two in office of the other district."""

from dataclasses import dataclass

from django.test import Client

from civic.people.actions import issue_token
from civic.people.models import Person
from civic.people.roles import ROLES, Resident
from tests.making import NOON, make_official, make_person
from tests.signing import signed_in

NOBODY = "nobody"
HERE = tuple(ROLES)  # resident first
ELSEWHERE = ("official-elsewhere", "admin-elsewhere")  # of Guro; everything that is walked to is Seongdong's
VISITORS = (NOBODY, *HERE, *ELSEWHERE)

# The words of a matrix that stand for several visitors.
_DESK = ("official", "moderator", "admin")
WORDS: dict[str, frozenset[str]] = {
    "everybody": frozenset(VISITORS),
    "account": frozenset(VISITORS) - {NOBODY},
    "none": frozenset(),
    "desk": frozenset(_DESK + ELSEWHERE),
    "desk-here": frozenset(_DESK),
    "officials": frozenset({"official", "official-elsewhere"}),
    "admins": frozenset({"admin", "admin-elsewhere"}),
    **{name: frozenset({name}) for name in VISITORS},
}


@dataclass(frozen=True)
class Visitor:
    """How one comes: a browser's cookies, and a key for programs."""

    name: str
    person: Person | None
    cookies: dict[str, str]
    token: str

    def browser(self) -> Client:
        """A fresh browser with the session: what one request does to its cookies is nothing to the next."""
        client = Client(raise_request_exception=False)
        for name, value in self.cookies.items():
            client.cookies[name] = value
        return client

    def program(self) -> Client:
        """A program with the key, or with none."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return Client(raise_request_exception=False, headers=headers)


def make_visitors() -> list[Visitor]:
    return [_visitor(name) for name in VISITORS]


def _visitor(name: str) -> Visitor:
    person = _person(name)
    if person is None:
        return Visitor(name, None, {}, "")
    cookies = {name: morsel.value for name, morsel in signed_in(person).cookies.items()}
    return Visitor(name, person, cookies, issue_token(by=person, person=person, label="walk", at=NOON))


def _person(name: str) -> Person | None:
    if name == NOBODY:
        return None
    if name == Resident.code:
        return make_person()
    role, _dash, elsewhere = name.partition("-")
    return make_official("11530" if elsewhere else "11200", role=role)
