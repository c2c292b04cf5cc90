"""Must whoever has a mailbox alone read it once more before the account changes, whatever its session may do?"""

import time
from typing import Any

import pytest
from django.test import Client

from civic.outbox.models import Message
from civic.people.models import ApiToken, Person
from tests.mailed import code_in, errors, mail_to
from tests.making import PASSWORD, make_person
from tests.signing import signed_in, type_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outbox")]
AGAIN = "/accounts/reauthenticate/code/"
GUARDED = [
    ("get", "/me/export/", {}),
    ("get", "/me/leave/", {}),
    ("post", "/me/tokens/", {"label": "달력"}),
    ("post", "/accounts/email/", {"action_add": "", "email": "other@example.org"}),
    ("get", "/accounts/2fa/webauthn/add/", {}),
    ("get", "/accounts/2fa/totp/activate/", {}),
]


@pytest.fixture
def outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "civic.outbox.backend.OutboxEmailBackend"


@pytest.fixture
def person() -> Person:
    return make_person()


@pytest.fixture
def found(person: Person) -> Client:
    """A browser somebody left open an hour ago."""
    client = signed_in(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time() - 3600}]
    session.save()
    return client


@pytest.mark.parametrize(("way", "path", "form"), GUARDED)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_session_alone_is_asked_for_a_mailed_code(found: Client, prefix: str, way: str, path: str, form: Any) -> None:
    answer = getattr(found, way)(prefix + path, form)
    assert answer["Location"].partition("?")[0] == prefix + AGAIN
    page = found.get(answer["Location"])
    assert (page.status_code, "no-store" in page["Cache-Control"]) == (200, True)
    assert not Message.objects.exists()  # a page that is only looked at mails nothing


@pytest.mark.parametrize(("way", "path", "form"), GUARDED)
def test_whoever_signed_in_just_now_is_not_asked(person: Person, way: str, path: str, form: Any) -> None:
    assert AGAIN not in getattr(signed_in(person), way)(path, form).get("Location", "")


def test_code_of_the_mail_goes_on_with_what_was_asked_for(found: Client, person: Person) -> None:
    page = found.post("/me/tokens/", {"label": "달력"})["Location"]
    sent = found.post(AGAIN, {"action": "send", "next": "/me/tokens/"})
    assert sent["Location"] == page
    answer = found.post(AGAIN, {"code": code_in(mail_to(person.email)), "next": "/me/tokens/"})
    assert answer.context["made"]
    assert ApiToken.objects.get(person=person).label == "달력"
    assert found.get("/me/leave/").status_code == 200


def test_wrong_codes_use_the_mailed_one_up_and_an_old_one_counts_no_more(found: Client, person: Person) -> None:
    found.post(AGAIN, {"action": "send"})
    code = code_in(mail_to(person.email))
    for _try in range(3):
        answer = found.post(AGAIN, {"code": "0000-0000"})
        assert (answer.status_code, errors(answer)) == (422, {"code": ["incorrect_code"]})
    assert found.post(AGAIN, {"code": code}).status_code == 422
    found.post(AGAIN, {"action": "send"})
    session = found.session
    session["code_again"] = session["code_again"] | {"at": time.time() - 901}
    session.save()
    assert found.post(AGAIN, {"code": code_in(mail_to(person.email))}).status_code == 422
    assert AGAIN in found.get("/me/leave/")["Location"]


@pytest.mark.parametrize("typed", ["", "x", "\0", "가나다라"])
def test_no_code_was_mailed_and_nothing_typed_is_one(found: Client, typed: str) -> None:
    assert found.post(AGAIN, {"code": typed}).status_code == 422


def test_mailbox_is_not_filled_through_us(found: Client, person: Person) -> None:
    for _time in range(5):
        assert found.post(AGAIN, {"action": "send"}).status_code == 302
    assert Message.objects.filter(recipient=person.email).count() == 3


def test_whoever_has_something_else_to_show_is_led_to_that() -> None:
    for person, way in ((make_person(password=PASSWORD), "/accounts/reauthenticate/"),):
        client = Client()
        client.force_login(person)
        assert client.get(AGAIN)["Location"] == way
        assert client.get("/me/leave/")["Location"].partition("?")[0] == way
        type_password(client, person)
        assert client.get("/me/leave/").status_code == 200
    assert Client().get(AGAIN)["Location"].startswith("/accounts/login/")
