"""Does a person get in and out, stay hidden from strangers, and never land on another site?"""

import re
from typing import Any

import pytest
from django.test import Client

from civic.clocks.now import database_now
from civic.faults.actions import report_fault
from civic.faults.models import Contact
from civic.outbox.actions import queue_message
from civic.outbox.models import Message
from civic.people.models import Person
from civic.privacy.actions import erase_person
from civic.privacy.choice import Texts
from tests.mailed import CODE, LOGIN, PASSWORD, SIGNUP, code_in, errors, mail_to, sign_up, signed_in_as
from tests.making import make_lamp
from tests.signing import leave_open

pytestmark = pytest.mark.usefixtures("outbox")


# --- signing in and out ---------------------------------------------------------------------


def test_sign_in_by_password_whatever_the_case_of_the_address(client: Client, jimin: Person) -> None:
    response = client.post(LOGIN, {"login": "Jimin@Example.ORG", "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/")
    assert signed_in_as(client) == str(jimin.pk)


def test_sign_in_from_an_english_page_ends_on_an_english_page(client: Client, jimin: Person) -> None:
    response = client.post(f"/en{LOGIN}", {"login": jimin.email, "password": PASSWORD})
    assert response["Location"] == "/en/"


def test_wrong_password_and_unknown_address_get_one_sentence(client: Client, jimin: Person) -> None:
    answers = [
        client.post(LOGIN, {"login": address, "password": "wrong"}) for address in (jimin.email, "no@example.org")
    ]
    assert [errors(answer) for answer in answers] == [{"__all__": ["email_password_mismatch"]}] * 2


def test_sixth_wrong_password_is_held_back_by_a_form_error(client: Client, jimin: Person) -> None:
    for _attempt in range(5):
        client.post(LOGIN, {"login": jimin.email, "password": "wrong"})
    answer = client.post(LOGIN, {"login": jimin.email, "password": PASSWORD})
    assert errors(answer) == {"__all__": ["too_many_login_attempts"]}
    assert signed_in_as(client) == ""


def test_too_many_sign_ups_from_one_place_get_a_page_with_429(client: Client, db: None, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip"}
    sign_up(client, nickname="")
    answer = sign_up(client)
    assert answer.status_code == 429
    assert "<main" in answer.content.decode()


def test_sign_in_by_mailed_code(client: Client, jimin: Person) -> None:
    response = client.post("/accounts/login/code/", {"email": jimin.email})
    assert response["Location"] == "/accounts/login/code/confirm/"
    client.post("/accounts/login/code/confirm/", {"code": code_in(mail_to(jimin.email))})
    assert signed_in_as(client) == str(jimin.pk)


def test_code_for_an_unknown_address_looks_the_same_and_mails_the_way_to_an_account(client: Client, db: None) -> None:
    response = client.post("/accounts/login/code/", {"email": "no@example.org"})
    assert response["Location"] == "/accounts/login/code/confirm/"
    assert "/accounts/signup/" in mail_to("no@example.org").body


def test_sign_out_needs_a_post(client: Client, jimin: Person) -> None:
    client.force_login(jimin)
    assert client.get("/accounts/logout/").status_code == 200
    assert signed_in_as(client) == str(jimin.pk)
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert signed_in_as(client) == ""


def test_closed_account_cannot_sign_in(client: Client, jimin: Person) -> None:
    Person.objects.filter(pk=jimin.pk).update(is_active=False)
    client.post(LOGIN, {"login": jimin.email, "password": PASSWORD})
    assert signed_in_as(client) == ""


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "https:///evil.example",
        "http://localhost/",
        "\x01//evil.example",
    ],
)
def test_next_never_leads_to_another_site(client: Client, jimin: Person, elsewhere: str) -> None:
    answer = client.post(LOGIN, {"login": jimin.email, "password": PASSWORD, "next": elsewhere})
    assert answer["Location"] == "/"
    assert client.post("/accounts/logout/", {"next": elsewhere})["Location"] == "/"


def test_next_leads_back_to_the_page_one_came_from(client: Client, jimin: Person) -> None:
    here = "/proposals/?state=open"
    assert client.post(LOGIN, {"login": jimin.email, "password": PASSWORD, "next": here})["Location"] == here


# --- passwords and addresses ----------------------------------------------------------------


def test_forgotten_password_is_replaced_with_a_mailed_code(client: Client, jimin: Person) -> None:
    response = client.post("/accounts/password/reset/", {"email": jimin.email})
    assert response["Location"] == "/accounts/password/reset/confirm/"
    response = client.post("/accounts/password/reset/confirm/", {"code": code_in(mail_to(jimin.email))})
    new = {"password1": "bamgil-deungbul-9", "password2": "bamgil-deungbul-9"}
    assert client.post(response["Location"], new).status_code == 302
    jimin.refresh_from_db()
    assert jimin.check_password("bamgil-deungbul-9")
    assert not re.search(r"\d{4}-\d{4}", mail_to(jimin.email).body)
    assert Message.objects.filter(recipient=jimin.email).count() == 2


def test_forgotten_password_of_an_unknown_address_looks_the_same(client: Client, db: None) -> None:
    response = client.post("/accounts/password/reset/", {"email": "no@example.org"})
    assert response["Location"] == "/accounts/password/reset/confirm/"
    assert client.get(response["Location"]).status_code == 200


def test_password_change_asks_the_old_one_and_tells_the_owner(client: Client, jimin: Person) -> None:
    client.force_login(jimin)
    new = {"password1": "bamgil-deungbul-9", "password2": "bamgil-deungbul-9"}
    wrong = client.post("/accounts/password/change/", {"oldpassword": "wrong", **new})
    assert errors(wrong) == {"oldpassword": ["enter_current_password"]}
    assert client.post("/accounts/password/change/", {"oldpassword": PASSWORD, **new})["Location"] == "/me/"
    assert mail_to(jimin.email).body


def test_address_change_asks_the_password_and_confirms_the_new_address(client: Client, jimin: Person) -> None:
    client.post(LOGIN, {"login": jimin.email, "password": PASSWORD})
    leave_open(client)
    again = client.post("/accounts/email/", {"email": "new@example.org", "action_add": "1"})["Location"]
    assert again.startswith("/accounts/reauthenticate/")
    assert errors(client.post(again, {"password": "wrong"})) == {"password": ["incorrect_password"]}
    assert client.post(again, {"password": PASSWORD})["Location"] == CODE
    jimin.refresh_from_db()
    assert jimin.email == "jimin@example.org"
    client.post(CODE, {"code": code_in(mail_to("new@example.org"))})
    jimin.refresh_from_db()
    assert jimin.email == "new@example.org"
    assert "new@example.org" in mail_to("jimin@example.org").body


def test_address_that_was_replaced_is_nowhere_after_an_erasure(client: Client, jimin: Person) -> None:
    at = database_now()
    report_fault(device=make_lamp(), category="dark", email="Jimin@example.org", at=at)  # before, without an account
    queue_message(sender="a@example.org", recipient=jimin.email, subject="s", body="b", at=at)
    Message.objects.update(sent_at=at)
    client.post(LOGIN, {"login": jimin.email, "password": PASSWORD})
    again = client.post("/accounts/email/", {"email": "new@example.org", "action_add": "1"})["Location"]
    client.post(again, {"password": PASSWORD})
    client.post(CODE, {"code": code_in(mail_to("new@example.org"))})
    assert Contact.objects.get().email == "new@example.org"
    assert Message.objects.filter(recipient=jimin.email, sent_at__isnull=False).count() == 0
    jimin.refresh_from_db()
    erase_person(by=jimin, person=jimin, texts=Texts.GONE, at=at)
    assert not Contact.objects.exists()


# --- pages ----------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "path", [SIGNUP, LOGIN, "/accounts/login/code/", "/accounts/password/reset/", "/accounts/inactive/"]
)
def test_page_of_the_way_in_is_whole_in_both_languages(client: Client, db: None, prefix: str, path: str) -> None:
    response = client.get(prefix + path)
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1>") == 1
    assert f'<html lang="{"en" if prefix else "ko"}">' in page
    assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|\sonclick=|placeholder=", page)


@pytest.mark.parametrize("path", ["/accounts/email/", "/accounts/password/change/", "/accounts/logout/"])
def test_page_of_the_account_is_whole_and_asks_to_sign_in_first(client: Client, jimin: Person, path: str) -> None:
    assert client.get(path).status_code == 302
    client.post(LOGIN, {"login": jimin.email, "password": PASSWORD})
    assert client.get(path).status_code == 200


def test_fields_say_what_a_browser_may_fill_in(client: Client, db: None) -> None:
    page = client.get(SIGNUP).content.decode()
    assert re.findall(r'autocomplete="([^"]*)"', page) == ["email", "nickname", "new-password"]
    page = client.get(LOGIN).content.decode()
    assert re.findall(r'autocomplete="([^"]*)"', page) == ["email", "current-password"]
    sign_up(client)
    page = client.get(CODE).content.decode()
    assert re.findall(r'autocomplete="([^"]*)"', page) == ["one-time-code"]
    assert 'inputmode="numeric"' in page


def test_code_page_of_the_demonstration_shows_the_way_to_the_mail(client: Client, db: None, settings: Any) -> None:
    sign_up(client)
    link = "/demo/mail/?to=lamp%40example.org"
    assert link in client.get(CODE).content.decode()
    settings.DEMO = False
    assert link not in client.get(CODE).content.decode()


# --- what was filled in wrongly -------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/accounts/password/change/", {"oldpassword": "wrong", "password1": "short"}),
        ("/accounts/email/", {"action_add": "", "email": "no address"}),
        ("/accounts/reauthenticate/", {"password": "wrong"}),
    ],
)
def test_wrong_form_of_the_account_is_answered_with_422(
    client: Client, jimin: Person, prefix: str, path: str, sent: dict[str, str]
) -> None:
    client.post(LOGIN, {"login": jimin.email, "password": PASSWORD})
    answer = client.post(prefix + path, sent)
    assert (answer.status_code, bool(errors(answer))) == (422, True)


@pytest.mark.parametrize("path", [SIGNUP, LOGIN, "/accounts/login/code/", "/accounts/password/reset/"])
def test_wrong_form_of_the_way_in_is_answered_with_422(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 200
    assert client.post(path, {}).status_code == 422
