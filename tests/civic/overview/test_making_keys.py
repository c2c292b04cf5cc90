"""Is a key for a program made only for whoever shows once more that it is they?"""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from civic.people.bearer import person_for_token
from civic.people.models import ApiToken, Person
from tests.mailed import LOGIN
from tests.making import PASSWORD, make_official, make_person
from tests.signing import leave_open, show_second_step, signed_in

pytestmark = pytest.mark.django_db
AGAIN, SECOND = "/accounts/reauthenticate/", "/accounts/2fa/reauthenticate/"


def ask(client: Client, prefix: str = "") -> str:
    """Where the form leads; empty where it made a key."""
    answer = client.post(f"{prefix}/me/tokens/", {"label": "달력"})
    return str(answer.get("Location", "")).partition("?")[0]


def resident() -> Client:
    person, client = make_person(password=PASSWORD), Client()
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    return client


def left_open() -> Client:
    """A resident's browser, some time after the sign-in."""
    client = resident()
    leave_open(client)
    return client


def test_password_of_just_now_is_enough() -> None:
    assert ask(resident()) == ""
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_session_alone_makes_no_key_and_is_asked_for_the_password(prefix: str) -> None:
    assert ask(left_open(), prefix) == prefix + AGAIN
    assert ApiToken.objects.count() == 0


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_password_given_once_more_makes_the_key_that_was_asked_for(prefix: str) -> None:
    client = left_open()
    ask(client, prefix)
    form = {"password": PASSWORD, "next": f"{prefix}/me/tokens/"}
    answer = client.post(prefix + AGAIN, form)
    assert person_for_token(answer.context["made"]) == ApiToken.objects.get(label="달력").person
    assert "no-store" in answer["Cache-Control"]


def test_wrong_password_makes_no_key() -> None:
    client = left_open()
    ask(client)
    client.post(AGAIN, {"password": "wrong", "next": "/me/tokens/"})
    assert ApiToken.objects.count() == 0


def test_list_and_revoking_ask_for_nothing() -> None:
    client = resident()
    person = Person.objects.get(pk=client.session["_auth_user_id"])
    key = ApiToken.objects.create(person=person, digest="x", label="달력", created_at=person.date_joined)
    assert client.get("/me/tokens/").status_code == 200
    client.post(f"/me/tokens/{key.pk}/revoke/")
    key.refresh_from_db()
    assert key.revoked_at is not None


def test_staff_whose_second_step_was_not_shown_are_led_to_it_and_the_password_is_not_enough() -> None:
    client = Client()
    client.force_login(make_official(password=PASSWORD))
    assert ask(client) == SECOND
    client.post(AGAIN, {"password": PASSWORD})
    assert ask(client) == SECOND
    assert ApiToken.objects.count() == 0


def test_staff_who_show_the_second_step_anew_make_a_key() -> None:
    person = make_official(password=PASSWORD)
    client = signed_in(person)
    show_second_step(client, person, lasting=-301)  # five minutes after the sign-in
    assert ask(client) == SECOND
    show_second_step(client, person)
    assert ask(client) == ""
    assert ApiToken.objects.get().person == person


def test_staff_without_a_second_step_are_led_to_set_one_up() -> None:
    person = make_official(password=PASSWORD)
    Authenticator.objects.filter(user=person).delete()
    client = Client()
    client.force_login(person)
    client.post(AGAIN, {"password": PASSWORD})
    assert ask(client) == "/accounts/2fa/"
    assert ApiToken.objects.count() == 0
