"""Does an identity provider (간편인증) give one person one voice, and leave nothing but a keyed hash?

Against a real OpenID Connect provider in a process of its own; every answer crosses HTTP.
"""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import serializers
from django.test import Client

from civic.people.models import Person
from civic.people.queries import level_of
from civic.people.rules.levels import TOLD_TOO_LITTLE
from livinglab.settings.signing_in import sign_in_providers
from tests.level_examples import check, make_unchecked
from tests.making import make_person
from tests.town import PEOPLE, environment
from tests.visiting import come_back, leaving

pytestmark = [pytest.mark.usefixtures("outbox", "with_town"), pytest.mark.django_db]
BEGIN, PAGE = "/accounts/oidc/identity/login/", "/me/verification/"


def at_home(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def told(client: Client) -> str:
    return client.get(PAGE).content.decode()


def test_person_identified_by_the_provider_has_the_highest_level(jimin: Person) -> None:
    client = at_home(jimin)
    assert f'action="{BEGIN}"' in told(client)
    assert come_back(client, client.post(BEGIN), "haneul")["Location"] == PAGE
    assert level_of(Person.objects.get(pk=jimin.pk)) == 3


def test_second_account_of_one_person_is_refused_without_a_word_about_the_first(jimin: Person) -> None:
    first, second = at_home(jimin), make_person("다른이름")
    come_back(first, first.post(BEGIN), "haneul")
    again = at_home(second)
    come_back(again, again.post(BEGIN), "haneul")
    assert level_of(Person.objects.get(pk=second.pk)) == level_of(second) < 3
    page = told(again)
    assert jimin.nickname not in page
    assert jimin.email not in page


@pytest.mark.parametrize(
    ("claim", "first", "second"),
    [("sub", "haneul", "haneul2"), ("di", "namu", "namu2")],  # by name and day of birth; by the DI
)
def test_person_with_two_accounts_at_the_provider_has_one_voice(
    jimin: Person, settings: Any, town_address: str, claim: str, first: str, second: str
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = sign_in_providers({**environment(town_address), "IDENTITY_SUBJECT": claim})
    for person, who in ((jimin, first), (make_unchecked("다른이름"), second)):
        if claim == "di":  # this provider knows years alone; both cards were seen, one under a former name
            check(person)
        client = at_home(person)
        come_back(client, client.post(BEGIN), who)
    assert list(Person.objects.filter(level=3)) == [jimin]


def test_neither_name_nor_birthday_nor_number_is_anywhere_afterwards(jimin: Person, caplog: Any) -> None:
    client = at_home(jimin)
    come_back(client, client.post(BEGIN), "haneul")
    _address, _confirmed, name, born = PEOPLE["haneul"]
    rows = serializers.serialize("json", (row for model in apps.get_models() for row in model.objects.all()))
    kept = rows + str([session.get_decoded() for session in Session.objects.all()]) + caplog.text + told(client)
    assert name not in kept
    assert name.encode("unicode-escape").decode() not in kept
    assert born not in kept
    assert not SocialAccount.objects.exists()


def test_provider_that_knows_a_year_alone_takes_nobody_further_whose_card_was_not_seen(jimin: Person) -> None:
    """Nothing would tell the account from another one of the same person that a counter checks."""
    client = at_home(jimin)
    come_back(client, client.post(BEGIN), "namu")
    assert level_of(Person.objects.get(pk=jimin.pk)) == 1
    assert str(TOLD_TOO_LITTLE.text) in told(client)
    check(jimin)
    come_back(client, client.post(BEGIN), "namu")
    assert level_of(Person.objects.get(pk=jimin.pk)) == 3


@pytest.mark.parametrize("said", ["", "?auth_params=prompt%3Dnone"])
def test_provider_is_told_to_ask_anew_who_sits_there_whatever_the_address_says(jimin: Person, said: str) -> None:
    left = leaving(at_home(jimin).post(BEGIN + said))
    assert parse_qs(urlsplit(left).query)["prompt"] == ["login"]


def test_nobody_signs_in_with_the_identity_provider(client: Client) -> None:
    assert client.post(BEGIN)["Location"].startswith("/accounts/login/")
    assert client.get("/accounts/with/identity/").status_code == 404
    assert client.post("/accounts/with/identity/link/")["Location"].startswith("/accounts/login/")


def test_return_to_a_browser_that_signed_out_meanwhile_verifies_nobody(jimin: Person) -> None:
    client = at_home(jimin)
    begun = client.post(BEGIN)
    states = client.session["socialaccount_states"]
    client.post("/accounts/logout/")
    client.cookies.clear()
    session = client.session  # a new one, signed out
    session["socialaccount_states"] = states
    session.save()
    assert come_back(client, begun, "haneul")["Location"] == "/accounts/login/"
    assert level_of(Person.objects.get(pk=jimin.pk)) == 1


def test_beginning_is_no_link_that_a_stranger_could_plant(jimin: Person) -> None:
    client = at_home(jimin)
    assert client.get(BEGIN).status_code == 405
    assert "scope=" in leaving(client.post(BEGIN))


def test_installation_without_an_identity_provider_shows_no_button(jimin: Person, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {name: {"APPS": []} for name in settings.SOCIALACCOUNT_PROVIDERS}
    client = at_home(jimin)
    assert BEGIN not in told(client)
    assert client.post(BEGIN).status_code == 404
