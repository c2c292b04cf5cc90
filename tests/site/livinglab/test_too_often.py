"""Does whoever was too quick get their own form back, with its words and a sentence, and nothing judged?"""

import time

import pytest
from django.test import Client

from tests.mailed import AGREED, FORM, LOGIN, PASSWORD, SIGNUP, errors, signed_in_as
from tests.making import make_person
from tests.security.hashing import Counting

pytestmark = pytest.mark.django_db
RATES = {
    "login": "1/m/ip",
    "signup": "1/m/ip",
    "reset_password": "1/m/key",
    "change_password": "1/m/user",
    "manage_email": "1/m/user",
    "reauthenticate": "1/m/user",
}


@pytest.fixture(autouse=True)
def narrow(settings):
    settings.ACCOUNT_RATE_LIMITS = RATES


def twice(client: Client, path: str, form: dict[str, str]):
    client.post(path, form)
    return client.post(path, form)


def hold(answer, *words: str) -> None:
    page = answer.content.decode()
    assert (answer.status_code, 30 < int(answer["Retry-After"]) <= 60) == (429, True)
    assert errors(answer) == {"__all__": ["rate_limited"]}
    assert "<form" in page
    for word in words:
        assert word in page


def test_sign_up_comes_back_with_its_words_and_not_with_its_password():
    answer = twice(Client(), SIGNUP, FORM | AGREED | {"nickname": "x"})
    hold(answer, FORM["email"], 'value="x"')
    assert PASSWORD not in answer.content.decode()


def test_right_password_is_not_even_looked_at(settings):
    person, client = make_person(password=PASSWORD), Client()
    client.post(LOGIN, {"login": person.email, "password": "wrong"})
    settings.PASSWORD_HASHERS = ["tests.security.hashing.Counting"]
    before = Counting.times
    hold(client.post(LOGIN, {"login": person.email, "password": PASSWORD}), person.email)
    assert (signed_in_as(client), Counting.times) == ("", before)


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/accounts/password/change/", {"oldpassword": "x", "password1": "y", "password2": "y"}),
        ("/accounts/email/", {"action_add": "", "email": "somebody@example.org"}),
        ("/accounts/reauthenticate/", {"password": "x"}),
    ],
)
def test_form_of_ones_own_account_comes_back(path, form):
    client = Client()
    client.force_login(make_person(password=PASSWORD))
    hold(twice(client, path, form))


def test_forgotten_password_comes_back_alike_whoever_is_asked_for():
    for address in (make_person(password=PASSWORD).email, "nobody@example.org"):
        hold(twice(Client(), "/accounts/password/reset/", {"email": address}), address)


@pytest.mark.parametrize(
    ("action", "path", "form"),
    [
        ("signup", SIGNUP, FORM | {"nickname": "x"}),
        ("reset_password", "/accounts/password/reset/", {"email": "A@b.kr"}),
    ],
)
def test_whoever_comes_back_when_told_to_is_let_in(settings, action, path, form, monkeypatch):
    """The longer of two rates is used up here; an hour and a minute later it is not."""
    settings.ACCOUNT_RATE_LIMITS = {action: "9/m/key,1/h/key" if action == "reset_password" else "9/m/ip,1/h/ip"}
    client, now = Client(), time.time()
    told = int(twice(client, path, form)["Retry-After"])
    assert 3500 < told <= 3600
    for later, status in ((told - 60, 429), (told + 1, 0)):
        monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda later=later: now + later)
        assert (client.post(path, form).status_code == 429) == (status == 429)


def test_english_page_says_it_in_english():
    hold(twice(Client(), f"/en{SIGNUP}", FORM | {"nickname": "x"}), "Too many attempts. Please wait a moment.")


def test_page_without_such_a_form_says_it_by_itself(settings):
    settings.MFA_RATE_LIMITS = {"webauthn_login": "1/m/ip"}
    answer = twice(Client(), "/accounts/2fa/webauthn/login/", {"credential": "{}"})
    assert (answer.status_code, "<h1" in answer.content.decode()) == (429, True)
