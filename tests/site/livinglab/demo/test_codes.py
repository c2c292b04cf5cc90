"""Does the demonstration hand out codes that its staff can sign in with, and nobody else's site any?"""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from civic.people.actions import confirm_address, grant_role, register_person
from civic.people.models import Person
from livinglab.demo.codes import NoApp, code_for, give_apps
from tests.mailed import LOGIN, PASSWORD, signed_in_as
from tests.making import NOON

pytestmark = pytest.mark.django_db
STAFF = {"official": "official", "moderator": "moderator", "admin": "admin"}


@pytest.fixture
def cast(db: None) -> dict[str, Person]:
    return {name: _person(name) for name in ("resident", "expert", *STAFF)}


def _person(name: str) -> Person:
    person = register_person(
        email=f"{name}@demo.example", nickname=f"등불{name}"[:20], password=PASSWORD, old_enough=True, at=NOON
    )
    confirm_address(person=person, at=NOON)
    if name in STAFF or name == "expert":
        grant_role(
            by=None, person=person, role=name, scope="district:11200", name="김도로", office="과", phone="02-0", at=NOON
        )
    return person


def test_the_staff_and_nobody_else_have_an_app_which_stays(cast: dict[str, Person]) -> None:
    given = give_apps(at=NOON)
    assert set(given) == {f"{name}@demo.example" for name in STAFF}
    assert give_apps(at=NOON) == given


def test_code_signs_the_official_in_and_the_next_asked_for_does_again(cast: dict[str, Person]) -> None:
    give_apps(at=NOON)
    address = "official@demo.example"
    for _n in range(2):
        client = Client()
        client.post(LOGIN, {"login": address, "password": PASSWORD})
        client.post("/accounts/2fa/authenticate/", {"code": code_for(address)})
        assert signed_in_as(client) == str(cast["official"].pk)


@pytest.mark.parametrize("address", ["resident@demo.example", "nobody@demo.example", ""])
def test_account_without_an_app_has_no_code(cast: dict[str, Person], address: str) -> None:
    with pytest.raises(NoApp):
        code_for(address)


def said(*words: str) -> str:
    out = StringIO()
    call_command("demo", *words, stdout=out)
    return out.getvalue().strip()


def test_command_prints_the_code_alone(cast: dict[str, Person]) -> None:
    give_apps(at=NOON)
    assert said("--code", "admin@demo.example").isdecimal()


def test_command_says_whose_code_there_is_none_of(cast: dict[str, Person]) -> None:
    with pytest.raises(CommandError, match="resident@demo.example"):
        said("--code", "resident@demo.example")


def test_command_is_refused_outside_the_demonstration(cast: dict[str, Person], settings: Any) -> None:
    give_apps(at=NOON)
    settings.DEMO = False
    with pytest.raises(CommandError):
        said("--code", "admin@demo.example")


def test_command_prints_a_secret_for_each_of_the_staff(cast: dict[str, Person], settings: Any, tmp_path: Any) -> None:
    settings.DATA, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    told = json.loads(said("--json"))
    assert set(told["totp"]) == {f"{name}@demo.example" for name in STAFF}
    shown = said()
    assert all(secret in shown for secret in told["totp"].values())


def test_code_is_json_where_json_was_asked_for(cast: dict[str, Person]) -> None:
    give_apps(at=NOON)
    assert len(json.loads(said("--json", "--code", "official@demo.example"))["code"]) == 6
