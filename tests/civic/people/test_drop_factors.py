"""Does somebody who lost every second step get back in, and only by whoever keeps the site?"""

import json
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from civic.ledger.models import Entry
from civic.outbox.models import Message
from civic.people.actions import give_app, issue_token
from civic.people.bearer import person_for_token
from civic.people.models import Person
from tests.mailed import LOGIN, PASSWORD
from tests.making import NOON, make_official, make_person
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


def dropped(person: Person) -> dict[str, object]:
    out = StringIO()
    call_command("drop_factors", "--person", person.email, "--json", stdout=out)
    found: dict[str, object] = json.loads(out.getvalue())
    return found


def test_every_second_step_goes_with_the_sessions_and_the_owner_is_told() -> None:
    person = make_person(password=PASSWORD)
    client = Client()
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    assert client.get("/me/").status_code == 200
    give_app(person=person, at=NOON)
    assert dropped(person) == {"person": person.email, "gone": 1, "keys": 0}
    assert not Authenticator.objects.filter(user=person).exists()
    assert client.get("/me/").status_code == 302
    assert Message.objects.filter(recipient=person.email).count() == 1
    assert Entry.objects.filter(fact="FactorRemoved").count() == 1


def test_keys_for_programs_stop_and_it_is_said() -> None:
    person = make_official()
    raw = issue_token(by=person, person=person, label="달력", at=NOON)
    out = StringIO()
    call_command("drop_factors", "--person", person.email, stdout=out)
    assert person_for_token(raw) is None
    assert "1 keys for programs" in out.getvalue()
    assert "keys for programs work no more" in Message.objects.get(recipient=person.email).body
    assert Entry.objects.filter(fact="TokenRevoked").count() == 1


def test_desk_stays_closed_until_there_is_a_new_step() -> None:
    person = make_official()
    dropped(person)
    client = Client()
    client.force_login(person)
    assert client.get("/desk/")["Location"] == "/accounts/2fa/"


def test_account_without_one_loses_nothing_and_is_told_nothing() -> None:
    person = make_person()
    client = signed_in(person)
    assert dropped(person)["gone"] == 0
    assert client.get("/me/").status_code == 200
    assert not Message.objects.filter(recipient=person.email).exists()


def test_unknown_address_is_said() -> None:
    with pytest.raises(CommandError):
        call_command("drop_factors", "--person", "nobody@example.org")
