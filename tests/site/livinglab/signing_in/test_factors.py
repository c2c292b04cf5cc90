"""Does a second step hold: asked for at each sign-in, each code once, its secrets encrypted?"""

import re
import time
from typing import Any

import pytest
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from cryptography.fernet import InvalidToken
from django.core.cache import cache
from django.test import Client

from civic.ledger.models import Entry
from civic.outbox.models import Message
from civic.people.models import Person
from livinglab.signing_in.factors import FactorAdapter, fresh_code
from tests.mailed import LOGIN, PASSWORD, code_in, errors, mail_to, signed_in_as
from tests.making import APP_SECRET
from tests.signing import show_second_step

pytestmark = pytest.mark.usefixtures("outbox")
STEP, AGAIN, ADD = "/accounts/2fa/authenticate/", "/accounts/2fa/reauthenticate/", "/accounts/2fa/totp/activate/"


def code_of(secret: str = APP_SECRET, *, away: int = 0) -> str:
    """What an app with the secret shows, so many steps of 30 s away."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD + away))


@pytest.fixture
def careful(jimin: Person) -> Person:
    """Somebody with an authenticator app and recovery codes."""
    TOTP.activate(jimin, APP_SECRET)
    RecoveryCodes.activate(jimin)
    return jimin


def first_step(client: Client, person: Person, **more: str) -> Any:
    return client.post(LOGIN, {"login": person.email, "password": PASSWORD} | more)


def recovery_codes(person: Person) -> list[str]:
    return Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()


# --- signing in -----------------------------------------------------------------------------


def test_password_alone_does_not_sign_in(client: Client, careful: Person) -> None:
    assert first_step(client, careful)["Location"] == STEP
    assert signed_in_as(client) == ""
    assert client.get("/me/").status_code == 302


def test_code_of_the_app_signs_in_and_leads_on(client: Client, careful: Person) -> None:
    first_step(client, careful, next="/proposals/new/")
    answer = client.post(STEP, {"code": code_of()})
    assert (answer.status_code, answer["Location"]) == (302, "/proposals/new/")
    assert signed_in_as(client) == str(careful.pk)


@pytest.mark.parametrize("away", [-1, 1])
def test_clock_of_a_telephone_may_be_half_a_minute_away(client: Client, careful: Person, away: int) -> None:
    first_step(client, careful)
    client.post(STEP, {"code": code_of(away=away)})
    assert signed_in_as(client) == str(careful.pk)


@pytest.mark.parametrize("typed", ["000000", "", "abc", "9" * 50, "１２３４５６"])
def test_wrong_code_is_refused_with_a_sentence(client: Client, careful: Person, typed: str) -> None:
    first_step(client, careful)
    answer = client.post(STEP, {"code": typed})
    assert (answer.status_code, signed_in_as(client)) == (422, "")
    assert errors(answer)["code"]


def test_code_counts_once_as_long_as_it_could_fit(client: Client, careful: Person) -> None:
    typed = code_of(away=1)
    first_step(client, careful)
    client.post(STEP, {"code": typed})
    cache.delete(f"allauth.mfa.totp.used?user={careful.pk}&code={typed}")  # allauth's own note, after its 30 s
    other = Client()
    first_step(other, careful)
    assert errors(other.post(STEP, {"code": typed})) == {"code": ["incorrect_code"]}
    assert signed_in_as(other) == ""


def test_sixth_wrong_code_is_held_back(client: Client, careful: Person) -> None:
    first_step(client, careful)
    for _n in range(5):
        client.post(STEP, {"code": "000000"})
    assert errors(client.post(STEP, {"code": code_of()})) == {"code": ["too_many_login_attempts"]}
    assert signed_in_as(client) == ""


def test_recovery_code_signs_in_once(client: Client, careful: Person) -> None:
    code = recovery_codes(careful)[3]
    first_step(client, careful)
    client.post(STEP, {"code": code})
    assert signed_in_as(client) == str(careful.pk)
    other = Client()
    first_step(other, careful)
    other.post(STEP, {"code": code})
    assert signed_in_as(other) == ""
    assert len(recovery_codes(careful)) == 9


def test_mailed_code_asks_for_the_second_step_too(client: Client, careful: Person) -> None:
    client.post("/accounts/login/code/", {"email": careful.email})
    answer = client.post("/accounts/login/code/confirm/", {"code": code_in(mail_to(careful.email))})
    assert (answer["Location"], signed_in_as(client)) == (STEP, "")


def test_second_step_without_a_first_leads_to_the_sign_in_page(client: Client, careful: Person) -> None:
    assert client.get(STEP)["Location"] == LOGIN
    assert client.post(STEP, {"code": code_of()})["Location"] == LOGIN


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_page_of_the_second_step_keeps_its_language(client: Client, careful: Person, prefix: str) -> None:
    answer = client.post(f"{prefix}{LOGIN}", {"login": careful.email, "password": PASSWORD})
    assert answer["Location"] == f"{prefix}{STEP}"
    assert client.get(answer["Location"]).status_code == 200


# --- setting it up --------------------------------------------------------------------------


def confirmed(client: Client, person: Person) -> None:
    """Sign in and give the password once more, as the pages of a second step ask."""
    first_step(client, person)
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302


def secret_on(page: str) -> str:
    found = re.search(r'<code class="key">(\w+)</code>', page)
    assert found, page
    return found[1]


def test_app_is_set_up_with_its_first_code_and_brings_recovery_codes(client: Client, jimin: Person) -> None:
    confirmed(client, jimin)
    secret = secret_on(client.get(ADD).content.decode())
    answer = client.post(ADD, {"code": code_of(secret)})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    page = client.get(answer["Location"]).content.decode()
    assert all(code in page for code in recovery_codes(jimin))
    ways_on = re.findall(r'class="button" href="([^"]+)"', page)
    assert ways_on == ["/accounts/2fa/"], "what comes next, before what makes these codes void"
    assert Entry.objects.filter(fact="FactorAdded").count() == 1


@pytest.mark.django_db(transaction=True)  # the mail goes when the rows are there
def test_app_set_up_is_told_by_mail(client: Client, jimin: Person) -> None:
    confirmed(client, jimin)
    secret = secret_on(client.get(ADD).content.decode())
    client.post(ADD, {"code": code_of(secret)})
    mail = mail_to(jimin.email)
    assert "/accounts/2fa/" in mail.body
    assert secret not in mail.body


def test_setting_up_with_a_wrong_code_keeps_the_secret_and_adds_nothing(client: Client, jimin: Person) -> None:
    confirmed(client, jimin)
    secret = secret_on(client.get(ADD).content.decode())
    answer = client.post(ADD, {"code": "000000"})
    assert errors(answer) == {"code": ["incorrect_code"]}
    assert secret_on(answer.content.decode()) == secret
    assert not Authenticator.objects.filter(user=jimin).exists()


def test_app_is_removed_with_its_recovery_codes_and_a_fact(client: Client, careful: Person) -> None:
    first_step(client, careful)
    client.post(STEP, {"code": code_of()})
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=careful).exists()
    assert Entry.objects.filter(fact="FactorRemoved").count() == 1


def test_new_recovery_codes_replace_the_old(client: Client, careful: Person) -> None:
    before = recovery_codes(careful)
    first_step(client, careful)
    client.post(STEP, {"code": code_of()})
    client.post("/accounts/2fa/recovery-codes/generate/")
    assert not set(before) & set(recovery_codes(careful))


def test_recovery_codes_can_be_taken_along_as_a_file(client: Client, careful: Person) -> None:
    first_step(client, careful)
    client.post(STEP, {"code": code_of()})
    answer = client.get("/accounts/2fa/recovery-codes/download/")
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode().split() == recovery_codes(careful)


def test_code_shows_who_it_is_for_what_comes_next(client: Client, careful: Person) -> None:
    first_step(client, careful)
    client.post(STEP, {"code": code_of()})
    answer = client.post(AGAIN, {"code": code_of(away=1), "next": "/accounts/2fa/recovery-codes/"})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("path", ["/accounts/2fa/", ADD, "/accounts/2fa/webauthn/", "/accounts/2fa/recovery-codes/"])
def test_pages_of_the_second_step_are_for_those_signed_in(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 302


# --- secrets --------------------------------------------------------------------------------


def test_encrypted_secret_is_read_with_the_same_key_and_an_older_one_alone(settings: Any) -> None:
    box = FactorAdapter().encrypt("lamp")
    assert ("lamp" in box, FactorAdapter().decrypt(box)) == (False, "lamp")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert FactorAdapter().decrypt(box) == "lamp"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        FactorAdapter().decrypt(box)


def test_fresh_code_is_this_step_then_the_next_then_the_last_then_none(client: Client, careful: Person) -> None:
    given = []
    while (code := fresh_code(careful, APP_SECRET)) is not None:
        given.append(code)
        first_step(client, careful)
        client.post(STEP, {"code": code})
        assert signed_in_as(client) == str(careful.pk)
        client.post("/accounts/logout/")
    assert len(given) == len(set(given)) >= 3
    assert Message.objects.filter(recipient=careful.email).count() == 0


# --- a lost key of the site -----------------------------------------------------------------


@pytest.fixture
def key_lost(careful: Person, settings: Any) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", []


@pytest.mark.usefixtures("key_lost")
def test_step_that_can_be_read_no_more_is_said(client: Client, careful: Person) -> None:
    first_step(client, careful)
    answer = client.post(STEP, {"code": code_of()})
    assert errors(answer) == {"code": ["unreadable"]}
    assert signed_in_as(client) == ""


@pytest.mark.usefixtures("key_lost")
@pytest.mark.parametrize("lost", ["totp", "recovery_codes"])
def test_step_added_after_the_key_was_lost_opens_beside_the_unreadable_one(
    client: Client, careful: Person, lost: str
) -> None:
    Authenticator.objects.filter(user=careful).exclude(type=lost).delete()
    if lost == "totp":
        RecoveryCodes.activate(careful)
    else:
        TOTP.activate(careful, APP_SECRET)
    code = recovery_codes(careful)[0] if lost == "totp" else code_of()
    first_step(client, careful)
    assert errors(client.post(STEP, {"code": "000000"})) == {"code": ["incorrect_code"]}
    client.post(STEP, {"code": code})
    assert signed_in_as(client) == str(careful.pk)


@pytest.mark.usefixtures("key_lost")
def test_recovery_codes_that_can_be_read_no_more_are_made_anew(client: Client, careful: Person) -> None:
    client.force_login(careful)
    show_second_step(client, careful, lasting=60)
    assert client.get("/accounts/2fa/").status_code == 200
    for path in ("/accounts/2fa/recovery-codes/", "/accounts/2fa/recovery-codes/download/"):
        assert client.get(path)["Location"] == "/accounts/2fa/recovery-codes/generate/"
    assert client.get("/accounts/2fa/recovery-codes/generate/").status_code == 200
    client.post("/accounts/2fa/recovery-codes/generate/")
    assert len(recovery_codes(careful)) == 10
