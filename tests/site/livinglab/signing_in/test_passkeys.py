"""Does a passkey sign its owner in and nobody else, and is what is no passkey refused with a sentence?"""

import json
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.messages import get_messages
from django.test import Client

from civic.ledger.models import Entry
from civic.people.models import Person
from tests.mailed import LOGIN, PASSWORD, signed_in_as
from tests.making import make_person
from tests.passkeys import PRESENT, Device

pytestmark = pytest.mark.django_db
ADD, ALONE = "/accounts/2fa/webauthn/add/", "/accounts/2fa/webauthn/login/"
AGAIN, STEP = "/accounts/2fa/webauthn/reauthenticate/", "/accounts/2fa/authenticate/"
OPTIONS = re.compile(r'<script id="passkey-options" type="application/json">(.*?)</script>', re.DOTALL)


def options_on(client: Client, path: str) -> Any:
    found = OPTIONS.search(client.get(path).content.decode())
    assert found, path
    return json.loads(found[1])


def options_alone(client: Client) -> Any:
    return client.get(ALONE, headers={"Accept": "application/json"}).json()["request_options"]


def first_step(client: Client, person: Person, **more: str) -> Any:
    return client.post(LOGIN, {"login": person.email, "password": PASSWORD} | more)


def sentence(answer: Any) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def owner_of_a_passkey(person: Person) -> Device:
    client, device = Client(), Device()
    first_step(client, person)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    answer = client.post(ADD, {"name": "내 전화기", "credential": device.created(options_on(client, ADD))})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/", answer.content.decode()
    return device


@pytest.fixture
def device(jimin: Person) -> Device:
    return owner_of_a_passkey(jimin)


# --- adding one -----------------------------------------------------------------------------


def test_passkey_is_added_with_its_name_recovery_codes_and_a_fact(jimin: Person, device: Device) -> None:
    assert {row.type for row in Authenticator.objects.filter(user=jimin)} == {"webauthn", "recovery_codes"}
    assert Authenticator.objects.get(user=jimin, type="webauthn").wrap().name == "내 전화기"
    assert Entry.objects.filter(fact="FactorAdded").count() == 1


def adding(person: Person) -> tuple[Client, Any]:
    client = Client()
    first_step(client, person)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client, options_on(client, ADD)


@pytest.mark.parametrize("odd", [{"flags": PRESENT}, {"origin": "https://elsewhere.example"}, {"origin": "x"}])
def test_new_passkey_without_its_owner_or_for_another_site_is_refused(jimin: Person, odd: dict[str, Any]) -> None:
    client, options = adding(jimin)
    answer = client.post(ADD, {"name": "", "credential": Device().created(options, **odd)})
    assert (answer.status_code, Authenticator.objects.filter(user=jimin).exists()) == (422, False)
    assert re.search(r"data-passkey-trouble>", answer.content.decode())


def test_answer_to_an_earlier_page_adds_nothing(jimin: Person) -> None:
    client, options = adding(jimin)
    client.get(ADD)
    client.post(ADD, {"name": "", "credential": Device().created(options)})
    assert not Authenticator.objects.filter(user=jimin).exists()


def test_name_too_long_is_refused_and_an_empty_one_gets_a_number(jimin: Person) -> None:
    client, options = adding(jimin)
    answer = client.post(ADD, {"name": "가" * 61, "credential": Device().created(options)})
    assert answer.context["form"].errors.get("name")
    client.post(ADD, {"name": "", "credential": Device().created(options_on(client, ADD))})
    assert "1" in Authenticator.objects.get(user=jimin, type="webauthn").wrap().name


def test_passkey_is_renamed_and_removed_by_its_owner_alone(jimin: Person, device: Device) -> None:
    row = Authenticator.objects.get(user=jimin, type="webauthn")
    path = f"/accounts/2fa/webauthn/keys/{row.pk}/"
    neighbour, _options = adding(make_person(password=PASSWORD))
    assert neighbour.post(f"{path}edit/", {"name": "x"}).status_code == 404
    assert neighbour.post(f"{path}remove/").status_code == 404
    client = Client()
    client.post(ALONE, {"credential": device.got(options_alone(client))})
    client.post(AGAIN, {"credential": device.got(options_on(client, AGAIN))})
    client.post(f"{path}edit/", {"name": "새 전화기"})
    row.refresh_from_db()
    assert row.wrap().name == "새 전화기"
    client.post(f"{path}remove/")
    assert not Authenticator.objects.filter(user=jimin).exists()
    assert Entry.objects.filter(fact="FactorRemoved").count() == 1


# --- signing in with one --------------------------------------------------------------------


def test_passkey_alone_signs_in_and_leads_on(jimin: Person, device: Device) -> None:
    client = Client()
    answer = client.post(ALONE, {"credential": device.got(options_alone(client)), "next": "/proposals/new/"})
    assert (answer["Location"], signed_in_as(client)) == ("/proposals/new/", str(jimin.pk))


def test_passkey_does_after_a_password(jimin: Person, device: Device) -> None:
    client = Client()
    assert first_step(client, jimin)["Location"] == STEP
    client.post(STEP, {"credential": device.got(options_on(client, STEP))})
    assert signed_in_as(client) == str(jimin.pk)


@pytest.mark.parametrize("odd", [{"flags": PRESENT}, {"origin": "https://elsewhere.example"}])
def test_passkey_without_its_owner_or_from_another_site_does_not_sign_in(device: Device, odd: dict[str, Any]) -> None:
    client = Client()
    answer = client.post(ALONE, {"credential": device.got(options_alone(client), **odd), "next": "/me/"})
    assert (answer["Location"], signed_in_as(client)) == (f"{LOGIN}?next=%2Fme%2F", "")
    assert sentence(answer)


def test_answer_that_was_used_signs_in_no_second_browser(device: Device) -> None:
    client, other = Client(), Client()
    used = device.got(options_alone(client))
    client.post(ALONE, {"credential": used})
    options_alone(other)
    other.post(ALONE, {"credential": used})
    assert (signed_in_as(client) != "", signed_in_as(other)) == (True, "")


def test_passkey_of_another_does_not_do_after_my_password(jimin: Person, device: Device) -> None:
    theirs = owner_of_a_passkey(make_person(password=PASSWORD))
    client = Client()
    first_step(client, jimin)
    answer = client.post(STEP, {"credential": theirs.got(options_on(client, STEP))})
    assert (answer.status_code, signed_in_as(client)) == (422, "")
    assert re.search(r"data-passkey-trouble>", answer.content.decode())


def test_removed_passkey_and_unknown_account_are_refused_by_the_same_sentence(jimin: Person, device: Device) -> None:
    stranger = Device()
    stranger.owner = "bm9ib2R5"
    Authenticator.objects.filter(user=jimin).delete()
    said = []
    for one in (device, stranger):
        client = Client()
        said.append(sentence(client.post(ALONE, {"credential": one.got(options_alone(client))})))
    assert said[0] == said[1] != ""


# --- what is no passkey ---------------------------------------------------------------------

ODD = ["", "{}", "null", "[]", "1", '"x"', '{"id": 1}', '{"response": {"userHandle": "_"}}', "[" * 5000]


def broken(credential: str) -> list[str]:
    """The answer of a device with each of its parts gone, of another kind, cut short or no base64."""
    whole = json.loads(credential)
    others: list[Any] = [None, 1, [], {}, "", "!", "가", "AAAA", True]
    top = [whole | {name: other} for name in whole for other in others]
    parts = whole["response"]
    deep = [whole | {"response": parts | {name: other}} for name in parts for other in others]
    short = [whole | {"response": parts | {name: parts[name][:-9]}} for name in parts]
    gone = [{key: value for key, value in whole.items() if key != name} for name in whole]
    return [json.dumps(one) for one in (*top, *deep, *short, *gone)]


@pytest.mark.parametrize("credential", ODD)
def test_passkey_that_is_none_is_refused_with_a_sentence(client: Client, credential: str) -> None:
    options_alone(client)
    answer = client.post(ALONE, {"credential": credential})
    assert (answer.status_code, answer["Location"], signed_in_as(client)) == (302, LOGIN, "")


def test_broken_answer_of_a_device_is_no_error_of_the_site(jimin: Person, device: Device) -> None:
    for n, credential in enumerate(broken(device.got(options_alone(Client())))):
        client = Client(REMOTE_ADDR=f"10.0.0.{n}")  # the limits are by address
        options_alone(client)
        assert client.post(ALONE, {"credential": credential}).status_code == 302, credential
        assert signed_in_as(client) == "", credential


def test_broken_answer_to_the_page_that_adds_one_is_no_error_of_the_site(jimin: Person) -> None:
    client, options = adding(jimin)
    for credential in [*ODD, *broken(Device().created(options))]:
        assert client.post(ADD, {"name": "", "credential": credential}).status_code in {422, 302}, credential


def test_passkey_that_does_not_show_who_it_is_leads_to_the_same_page(jimin: Person, device: Device) -> None:
    client = Client()
    client.post(ALONE, {"credential": device.got(options_alone(client))})
    answer = client.post(AGAIN, {"credential": "{}", "next": "/accounts/2fa/recovery-codes/"})
    assert answer["Location"] == f"{AGAIN}?next=%2Faccounts%2F2fa%2Frecovery-codes%2F"
    assert sentence(answer)


def test_options_tell_no_account(client: Client, device: Device) -> None:
    asked = options_alone(client)["publicKey"]
    assert asked.get("allowCredentials", []) == []
    assert asked["userVerification"] == "required"
