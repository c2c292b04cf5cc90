"""Once there is a second step, does it alone change second steps, and does nothing else stand in for it?"""

import json
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from civic.limits.figures import DESK_IDLE, STEP_HOLDS
from civic.live.viewers import viewer_of
from civic.people.actions import change_password
from civic.people.models import ApiToken, Person
from tests.mailed import LOGIN, PASSWORD, code_in, mail_to, signed_in_as
from tests.making import APP_SECRET, NOON, make_official, make_person
from tests.passkeys import Device
from tests.signing import show_second_step, signed_in
from tests.site.livinglab.signing_in.test_factors import code_of
from tests.site.livinglab.signing_in.test_passkeys import options_on, owner_of_a_passkey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outbox")]
CODE, PASSKEY = "/accounts/2fa/reauthenticate/", "/accounts/2fa/webauthn/reauthenticate/"
BY_PASSWORD, BY_MAIL = "/accounts/reauthenticate/", "/accounts/reauthenticate/code/"
APP, KEY, CODES = "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/", "/accounts/2fa/recovery-codes/"
RECORDS = "account_authentication_methods"
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/en"])
# Whatever changes or shows second steps, and whatever else asks once more who it is
GUARDED = [
    ("get", KEY, {}),
    ("post", KEY, {"name": "내 열쇠", "credential": "{}"}),
    ("get", APP, {}),
    ("post", APP, {"code": "000000"}),
    ("get", "/accounts/2fa/totp/deactivate/", {}),
    ("post", "/accounts/2fa/totp/deactivate/", {}),
    ("get", CODES, {}),
    ("get", f"{CODES}download/", {}),
    ("get", f"{CODES}generate/", {}),
    ("post", f"{CODES}generate/", {}),
    ("get", "/accounts/2fa/webauthn/keys/{key}/remove/", {}),
    ("post", "/accounts/2fa/webauthn/keys/{key}/remove/", {}),
    ("post", "/accounts/2fa/webauthn/keys/{key}/edit/", {"name": "내 열쇠"}),
    ("post", "/accounts/email/", {"action_add": "", "email": "thief@example.org"}),
    ("post", "/me/tokens/", {"label": "달력"}),
    ("get", "/me/export/", {}),
    ("get", "/me/leave/", {}),
]
SAID = [
    "The password is not enough here.",
    "If those are lost too, show at your district office who you are; then you can set up a new step.",
]


@pytest.fixture
def official() -> Person:
    """In office, with a password, a passkey, recovery codes and an authenticator app."""
    person = without_steps()
    owner_of_a_passkey(person)
    TOTP.activate(person, APP_SECRET)
    return person


def without_steps() -> Person:
    person = make_official(password=PASSWORD)
    Authenticator.objects.filter(user=person).delete()
    return person


def steps_of(person: Person) -> dict[int, Any]:
    return {row.pk: row.data for row in Authenticator.objects.filter(user=person)}


def left_open(person: Person, *records: dict[str, Any]) -> Client:
    """The browser of somebody who went away after the desk had closed: the step was shown too long ago."""
    client = Client()
    client.force_login(person)
    show_second_step(client, person, lasting=-(STEP_HOLDS + 60))
    session = client.session
    session[RECORDS] = [*session[RECORDS], *records]
    session.save()
    return client


def is_shut(client: Client, person: Person) -> bool:
    """Neither the desk nor the staff's lines, and no key of the staff's."""
    session: SessionBase = client.session
    desk = client.get("/desk/")
    client.post("/me/tokens/", {"label": "달력"})
    keys = ApiToken.objects.filter(person=person).exists()
    return (desk.status_code, viewer_of(person, session).staff, keys) == (302, False, False)


@LANGUAGES
@pytest.mark.parametrize(("way", "path", "form"), GUARDED)
def test_password_alone_changes_no_second_step_and_opens_nothing(
    official: Person, prefix: str, way: str, path: str, form: dict[str, str]
) -> None:
    before, client = steps_of(official), left_open(official)
    key = Authenticator.objects.get(user=official, type="webauthn").pk
    path = prefix + path.format(key=key)
    for _time in range(2):
        answer = getattr(client, way)(path, form)
        assert answer["Location"].partition("?")[0] == prefix + CODE
        client.post(f"{prefix}{BY_PASSWORD}", {"password": PASSWORD, "next": path})
    assert steps_of(official) == before
    assert is_shut(client, official)


@pytest.mark.parametrize("method", ["password", "code", "socialaccount"])
@pytest.mark.parametrize(("way", "path", "form"), GUARDED)
def test_other_proof_of_just_now_stands_in_for_no_second_step(
    official: Person, method: str, way: str, path: str, form: dict[str, str]
) -> None:
    """Such as a password typed once more in this browser a minute before the step was added in another."""
    before = steps_of(official)
    client = left_open(official, {"method": method, "at": time.time() - 60, "reauthenticated": True})
    key = Authenticator.objects.get(user=official, type="webauthn").pk
    assert getattr(client, way)(path.format(key=key), form).status_code == 302
    assert steps_of(official) == before
    assert is_shut(client, official)


@LANGUAGES
@pytest.mark.parametrize("page", [BY_PASSWORD, BY_MAIL])
@pytest.mark.parametrize("form", [{"password": PASSWORD}, {"action": "send"}])
def test_pages_of_password_and_mail_lead_whoever_has_a_step_to_it(
    official: Person, prefix: str, page: str, form: dict[str, str]
) -> None:
    client = left_open(official)
    for answer in (client.get(f"{prefix}{page}?next=/me/"), client.post(prefix + page, form | {"next": "/me/"})):
        assert answer["Location"] == f"{prefix}{CODE}?next=%2Fme%2F"
    assert is_shut(client, official)


def test_password_set_anew_in_a_session_left_open_opens_nothing(official: Person) -> None:
    change_password(person=official, password=None, at=NOON)
    official.refresh_from_db()
    client = left_open(official)
    client.post("/accounts/password/set/", {"password1": "deungbul-11", "password2": "deungbul-11"})
    client.post(BY_PASSWORD, {"password": "deungbul-11", "next": KEY})
    assert client.get(KEY)["Location"].partition("?")[0] == CODE
    assert is_shut(client, official)


def test_password_reset_by_mail_still_asks_for_the_step(official: Person) -> None:
    client = Client()
    client.post("/accounts/password/reset/", {"email": official.email})
    client.post("/accounts/password/reset/confirm/", {"code": code_in(mail_to(official.email))})
    client.post("/accounts/password/reset/complete/", {"password1": "deungbul-11", "password2": "deungbul-11"})
    form = {"login": official.email, "password": "deungbul-11"}
    assert client.post(LOGIN, form)["Location"] == "/accounts/2fa/authenticate/"
    assert signed_in_as(client) == ""


def test_nobody_signs_up_with_a_passkey() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("mfa_signup_webauthn")


def test_browser_that_asked_for_a_first_step_adds_none_once_another_browser_has() -> None:
    person = without_steps()
    thief, device = Client(), Device()
    thief.force_login(person)
    thief.post(BY_PASSWORD, {"password": PASSWORD})
    options = options_on(thief, KEY)
    TOTP.activate(person, APP_SECRET)
    answer = thief.post(KEY, {"name": "내 열쇠", "credential": device.created(options)})
    assert answer["Location"].partition("?")[0] == CODE
    assert {row.type for row in Authenticator.objects.filter(user=person)} == {"totp"}
    assert is_shut(thief, person)


# --- who may ----------------------------------------------------------------------------------


def test_first_step_is_set_up_by_password_and_opens_the_desk() -> None:
    person = without_steps()
    owner_of_a_passkey(person)
    client = Client()
    client.force_login(person)
    assert client.get("/desk/")["Location"].partition("?")[0] == PASSKEY


def test_step_shown_at_the_sign_in_of_just_now_is_enough_and_five_minutes_later_is_not(official: Person) -> None:
    client = signed_in(official)
    assert client.get(CODES).status_code == 200
    assert client.post("/me/tokens/", {"label": "달력"}).context["made"]
    show_second_step(client, official, lasting=-301)
    assert client.get(CODES)["Location"].partition("?")[0] == CODE
    assert client.get("/desk/").status_code == 200  # that stays open


def test_code_shown_once_more_goes_on_with_what_was_asked_for(official: Person) -> None:
    client = left_open(official)
    client.post("/me/tokens/", {"label": "달력"})
    answer = client.post(CODE, {"code": code_of(), "next": "/me/tokens/"})
    assert answer.context["made"]
    assert client.get(KEY).status_code == 200


def test_step_is_removed_and_set_up_anew_by_whoever_shows_it(official: Person) -> None:
    client = signed_in(official)
    client.post("/accounts/2fa/totp/deactivate/")
    key = Authenticator.objects.get(user=official, type="webauthn").pk
    client.post(f"/accounts/2fa/webauthn/keys/{key}/remove/")
    assert steps_of(official) == {}
    assert client.get("/desk/")["Location"] == "/accounts/2fa/"
    client.post(BY_PASSWORD, {"password": PASSWORD})
    answer = client.post(KEY, {"name": "새 열쇠", "credential": Device().created(options_on(client, KEY))})
    assert answer["Location"] == CODES
    assert client.get(CODES).status_code == 200
    assert client.get("/desk/").status_code == 200


def test_whoever_has_passkeys_alone_is_asked_for_one_and_may_type_a_recovery_code() -> None:
    person = make_person(password=PASSWORD)
    device, client = owner_of_a_passkey(person), Client()
    client.force_login(person)
    asked = client.get("/me/leave/")["Location"]
    assert asked.partition("?")[0] == PASSKEY
    page = client.get(asked).content.decode()
    assert f'href="{CODE}?next=' in page
    assert f'href="{BY_PASSWORD}' not in page
    answer = client.post(PASSKEY, {"credential": device.got(options_on(client, PASSKEY)), "next": "/me/leave/"})
    assert (answer["Location"], client.get("/me/leave/").status_code) == ("/me/leave/", 200)
    other = Client()
    other.force_login(person)
    recovery = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()
    other.post(CODE, {"code": recovery[0], "next": "/me/leave/"})
    assert other.get("/me/leave/").status_code == 200


@LANGUAGES
@pytest.mark.parametrize(
    ("page", "said"),
    [
        (CODE, SAID),
        (PASSKEY, SAID),
        ("/accounts/2fa/", ["Before anything here changes, we ask for the second step you have."]),
    ],
)
def test_pages_say_that_the_step_is_asked_for_and_what_to_do_without_the_phone(
    official: Person, prefix: str, page: str, said: list[str]
) -> None:
    told = left_open(official).get(prefix + page).content.decode()
    with override("en" if prefix else "ko"):
        assert all(escape(_(word)) in told for word in said)


def test_desk_that_closed_by_itself_opens_by_the_step_alone(official: Person) -> None:
    client = signed_in(official)
    session = client.session
    session[RECORDS] = [record | {"at": time.time() - DESK_IDLE - 60} for record in session[RECORDS]]
    session.save()
    client.post(BY_PASSWORD, {"password": PASSWORD, "next": "/desk/"})
    assert client.get("/desk/")["Location"].partition("?")[0] == CODE
    client.post(CODE, {"code": code_of(), "next": "/desk/"})
    assert client.get("/desk/").status_code == 200


def test_options_of_a_new_passkey_reach_no_browser_without_the_step(official: Person) -> None:
    answer = left_open(official).get(KEY, follow=True)
    assert "creation_options" not in json.dumps(answer.context["js_data"] if "js_data" in answer.context else {})
