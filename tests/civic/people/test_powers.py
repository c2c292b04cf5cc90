"""Is the table of powers what the rules read, all of it and nothing beside it?"""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser

from civic.people.actions import grant_role
from civic.people.models import Person
from civic.people.powers import ABOUT, POWERS, Guest
from civic.people.roles import EVERYWHERE, ROLES, Resident
from civic.people.rules import may, why_not_by_role
from tests.making import NOON, make_official, make_person

SEONGDONG, GURO = "district:11200", "district:11530"
OPEN = [verb for verb, power in POWERS.items() if {Guest, Resident} & set(power.roles)]
OF_ROLES = [verb for verb in POWERS if verb not in OPEN]
_ASKS_A_ROLE = re.compile(r"(?<!def )(?<![.\w])holds\(|\bgrant\.role\b")


@pytest.mark.django_db
@pytest.mark.parametrize("role", [code for code in ROLES if code != Resident.code])
def test_role_may_what_the_table_says_where_it_is_held_and_nowhere_else(role: str) -> None:
    person = make_official(role=role)
    own = {verb for verb in OF_ROLES if ROLES[role] in POWERS[verb].roles}
    assert {verb for verb in POWERS if may(person, verb, SEONGDONG)} == {*OPEN, *own}
    assert {verb for verb in POWERS if may(person, verb, GURO)} == set(OPEN)
    assert {verb for verb in POWERS if may(person, verb)} == {*OPEN, *own}


@pytest.mark.django_db
def test_role_for_the_whole_site_holds_in_every_district() -> None:
    person = make_person()
    grant_role(by=None, person=person, role="admin", scope=EVERYWHERE, at=NOON)
    assert all(may(person, "grant_roles", scope) for scope in (SEONGDONG, GURO, EVERYWHERE))


@pytest.mark.django_db
def test_resident_may_what_is_open_and_a_closed_account_what_a_stranger_may() -> None:
    person = make_person()
    assert {verb for verb in POWERS if may(person, verb, SEONGDONG)} == set(OPEN)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    closed = Person.objects.get(pk=person.pk)
    of_strangers = {verb for verb in POWERS if may(AnonymousUser(), verb, SEONGDONG)}
    assert {verb for verb in POWERS if may(closed, verb, SEONGDONG)} == of_strangers == {"read", "report_faults"}


@pytest.mark.django_db
def test_refusal_tells_a_stranger_a_missing_role_and_one_of_elsewhere_apart() -> None:
    told = {
        name: why_not_by_role(person, "work_on_faults", SEONGDONG)
        for name, person in (
            ("stranger", AnonymousUser()),
            ("resident", make_person()),
            ("guro", make_official("11530")),
            ("here", make_official()),
        )
    }
    assert {name: (refusal.code, refusal.status) for name, refusal in told.items() if refusal} == {
        "stranger": ("not_signed_in", 401),
        "resident": ("role_missing", 403),
        "guro": ("role_elsewhere", 403),
    }


def test_every_power_stands_under_a_heading_and_belongs_to_somebody() -> None:
    assert {power.about for power in POWERS.values()} == set(ABOUT)
    assert all(power.roles for power in POWERS.values())


def test_rules_ask_the_table_and_no_role_by_its_name(repository: Path) -> None:
    asked = {
        str(path.relative_to(repository))
        for top in ("civic", "cms")
        for path in (repository / top).rglob("*.py")
        if not path.is_relative_to(repository / "civic" / "people")
        and _ASKS_A_ROLE.search(path.read_text(encoding="utf-8"))
    }
    assert asked == set()


@pytest.mark.parametrize("verb", OF_ROLES)
def test_power_of_a_role_is_asked_for_somewhere(verb: str, repository: Path) -> None:
    quoted, table = f'"{verb}"', repository / "civic" / "people" / "powers.py"
    files = [path for top in ("civic", "cms") for path in (repository / top).rglob("*.py") if path != table]
    assert any(quoted in path.read_text(encoding="utf-8") for path in files)
