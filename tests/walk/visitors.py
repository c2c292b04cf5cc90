"""Who walks? Nobody, somebody new, one person of every role in Seongdong, and others in office elsewhere."""

from dataclasses import dataclass

from django.test import Client

from civic.people.actions import issue_token
from civic.people.levels import CHECKED, CONFIRMED
from civic.people.models import Person
from civic.people.roles import EVERYWHERE, ROLES, Resident, department_scope, district_scope
from tests.making import NOON, PASSWORD, make_official, make_person
from tests.signing import show_second_step, signed_in, type_password

NOBODY, NEWCOMER = "nobody", "newcomer"  # the newcomer's address is confirmed, and no more
HERE = tuple(ROLES)  # resident first; all others of Seongdong, whose things are walked to
# In office, and not in the one that a thing of Seongdong is with:
ELSEWHERE = {
    "official-next-door": department_scope("11200.life.env.green"),  # of Seongdong, of another department
    "official-elsewhere": district_scope("11530"),
    **{f"{code}-elsewhere": district_scope("11530") for code in ("moderator", "coordinator", "admin", "auditor")},
}
EVERY = "admin-everywhere"  # keeps the whole site
VISITORS = (NOBODY, NEWCOMER, *HERE, *ELSEWHERE, EVERY)
A_LONG_WALK = 3_600  # seconds
ACCOUNTS = frozenset(VISITORS) - {NOBODY}

# Who is in office in Guro alone: a thing of Seongdong is not there for them
GUROS = frozenset(name for name, scope in ELSEWHERE.items() if scope == district_scope("11530"))


def _of(*roles: str) -> frozenset[str]:
    """Whoever holds one of these roles, wherever it is."""
    return frozenset(name for name in VISITORS if name.partition("-")[0] in roles)


OFFICIALS, ADMINS, AUDITORS = _of("official"), _of("admin"), _of("auditor")
DESK = OFFICIALS | ADMINS | _of("moderator")
STAFF = DESK | AUDITORS | _of("coordinator")
# The words of a matrix that stand for several visitors; the name of one stands for that one.
WORDS: dict[str, frozenset[str]] = {
    "everybody": frozenset(VISITORS),
    "account": ACCOUNTS,
    "checked": ACCOUNTS - {NEWCOMER},
    "none": frozenset(),
    "staff": STAFF,
    "desk": DESK,
    "desk-here": DESK - GUROS,
    "officials": OFFICIALS,
    "officials-here": OFFICIALS - GUROS,
    "admins": ADMINS,
    "admins-here": ADMINS - GUROS,
    "auditors": AUDITORS,
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
    client = signed_in(person)
    show_second_step(client, person, lasting=A_LONG_WALK)
    type_password(client, person, lasting=A_LONG_WALK)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return Visitor(name, person, cookies, issue_token(by=person, person=person, label="walk", at=NOON))


def _person(name: str) -> Person | None:
    if name == NOBODY:
        return None
    if name in (NEWCOMER, Resident.code):
        return make_person(password=PASSWORD, level=CONFIRMED if name == NEWCOMER else CHECKED)
    role = name.partition("-")[0] if name not in ROLES else name
    scope = EVERYWHERE if name == EVERY else ELSEWHERE.get(name, "")
    return make_official(role=role, scope=scope, password=PASSWORD)
