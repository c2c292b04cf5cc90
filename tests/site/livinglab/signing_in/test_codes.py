"""Does a stranger who signed up with somebody's address stay outside, once its owner comes with a mailed code?"""

from collections.abc import Callable

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from civic.clocks.now import database_now
from civic.ledger.models import Entry
from civic.people.actions import issue_token, link_account, register_person
from civic.people.bearer import person_for_token
from civic.people.models import Person
from tests.mailed import CODE, FORM, LOGIN, PASSWORD, code_in, mail_to, sign_up, signed_in_as

pytestmark = pytest.mark.usefixtures("outbox")
ADDRESS = FORM["email"]
NEW = {"password1": "bamgil-deungbul-9", "password2": "bamgil-deungbul-9"}


def sign_in_by_code(client: Client, address: str) -> None:
    client.post("/accounts/login/code/", {"email": address})
    client.post("/accounts/login/code/confirm/", {"code": code_in(mail_to(address))})


def begin_reset(client: Client, address: str) -> str:
    client.post("/accounts/password/reset/", {"email": address})
    return client.post("/accounts/password/reset/confirm/", {"code": code_in(mail_to(address))})["Location"]


def test_password_of_a_stranger_stops_when_the_owner_signs_in_by_code() -> None:
    stranger, owner = Client(), Client()
    sign_up(stranger)
    sign_in_by_code(owner, ADDRESS)
    assert signed_in_as(owner)
    assert owner.get("/me/").status_code == 200
    for path in (CODE, LOGIN, "/me/"):  # the sign-in that waits for a code does not go on by itself
        stranger.get(path)
    assert signed_in_as(stranger) == ""
    stranger.post(LOGIN, {"login": ADDRESS, "password": PASSWORD})
    assert (signed_in_as(stranger), stranger.get("/me/").status_code) == ("", 302)
    assert Entry.objects.filter(fact="PasswordChanged").count() == 1


def test_password_of_a_stranger_stops_when_the_owner_begins_a_reset_and_leaves() -> None:
    stranger, owner = Client(), Client()
    sign_up(stranger)
    begin_reset(owner, ADDRESS)
    stranger.post(LOGIN, {"login": ADDRESS, "password": PASSWORD})
    assert signed_in_as(stranger) == ""


def test_owner_who_ends_the_reset_signs_in_with_the_new_password() -> None:
    sign_up(Client())
    owner = Client()
    owner.post(begin_reset(owner, ADDRESS), NEW)
    assert owner.post(LOGIN, {"login": ADDRESS, "password": NEW["password1"]}).status_code == 302
    assert signed_in_as(owner)


def test_session_of_a_stranger_ends_when_the_owner_comes_with_a_code() -> None:
    sign_up(Client())
    stranger, owner = Client(), Client()
    stranger.force_login(Person.objects.get(email=ADDRESS))
    sign_in_by_code(owner, ADDRESS)
    assert (stranger.get("/me/").status_code, owner.get("/me/").status_code) == (302, 200)


@pytest.mark.parametrize("comes_back", [sign_in_by_code, begin_reset])
def test_account_elsewhere_of_a_stranger_leads_nowhere_once_the_owner_comes_with_a_code(
    comes_back: Callable[[Client, str], object],
) -> None:
    """With a provider's account and a typed address a stranger has neither a password nor the code that was mailed."""
    taken = register_person(email=ADDRESS, nickname="먼저 온 사람", password=None, old_enough=True, at=database_now())
    link_account(person=taken, provider="kakao", subject="1", at=database_now())
    comes_back(Client(), ADDRESS)
    assert not SocialAccount.objects.exists()
    assert Entry.objects.filter(fact="AccountUnlinked", data__provider="kakao").count() == 1


def test_account_elsewhere_of_a_confirmed_account_outlives_a_sign_in_by_code(client: Client, jimin: Person) -> None:
    link_account(person=jimin, provider="kakao", subject="1", at=database_now())
    sign_in_by_code(client, jimin.email)
    assert signed_in_as(client) == str(jimin.pk)
    assert SocialAccount.objects.filter(user=jimin).count() == 1


def test_password_of_a_confirmed_account_outlives_a_sign_in_by_code(client: Client, jimin: Person) -> None:
    sign_in_by_code(client, jimin.email)
    assert signed_in_as(client) == str(jimin.pk)
    jimin.refresh_from_db()
    assert jimin.check_password(PASSWORD)


def test_sign_in_code_can_be_sent_again(client: Client, db: None) -> None:
    sign_up(Client())
    client.post("/accounts/login/code/", {"email": ADDRESS})
    assert client.post("/accounts/login/code/confirm/", {"action": "resend"}).status_code == 302
    assert Person.objects.get(email=ADDRESS).check_password(PASSWORD)


# --- keys for programs ----------------------------------------------------------------------


def test_reset_stops_the_keys_for_programs(client: Client, jimin: Person) -> None:
    raw = issue_token(by=jimin, person=jimin, label="달력", at=database_now())
    client.post(begin_reset(client, jimin.email), NEW)
    assert person_for_token(raw) is None


def test_change_stops_the_keys_and_keeps_this_session_alone(client: Client, jimin: Person) -> None:
    raw = issue_token(by=jimin, person=jimin, label="달력", at=database_now())
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.post(LOGIN, {"login": jimin.email, "password": PASSWORD})
    assert client.post("/accounts/password/change/", {"oldpassword": PASSWORD, **NEW})["Location"] == "/me/"
    assert person_for_token(raw) is None
    assert (client.get("/me/").status_code, elsewhere.get("/me/").status_code) == (200, 302)
