"""Does a person get in, stay hidden from strangers, and never land on another site?"""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from civic.clocks.now import database_now
from civic.ledger.models import Entry
from civic.outbox.models import Message
from civic.people.actions import confirm_address, register_person
from civic.people.models import Person

PASSWORD = "golmok-bulbit-7"
FORM = {"email": "lamp@example.org", "nickname": "골목등불", "password1": PASSWORD, "old_enough": "on", "dong": ""}
SIGNUP, LOGIN, CODE = "/accounts/signup/", "/accounts/login/", "/accounts/confirm-email/"


@pytest.fixture(autouse=True)
def _into_the_outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "civic.outbox.backend.OutboxEmailBackend"  # Django's test runner puts its own in place


@pytest.fixture
def jimin(db: None) -> Person:
    person = register_person(email="jimin@example.org", nickname="지민", password=PASSWORD, at=database_now())
    confirm_address(person=person, at=database_now())
    return person


def mail_to(address: str) -> Message:
    return Message.objects.filter(recipient=address).latest("queued_at")


def code_in(mail: Message) -> str:
    found = re.search(r"^\d{4}-\d{4}$", mail.body, re.MULTILINE)
    assert found, mail.body
    return found[0]


def signed_in_as(client: Client) -> str:
    return client.session.get("_auth_user_id", "")


def errors(response: Any) -> dict[str, list[str]]:
    form = response.context["verify_form"] if "verify_form" in response.context else response.context["form"]
    return {name: [error.code for error in data] for name, data in form.errors.as_data().items()}


def sign_up(client: Client, **changed: str) -> Any:
    return client.post(SIGNUP, {name: value for name, value in (FORM | changed).items() if value is not None})


# --- signing up -----------------------------------------------------------------------------


def test_sign_up_with_the_mailed_code_opens_an_account_and_signs_in(client: Client, db: None) -> None:
    response = sign_up(client, email="Lamp@Example.org")
    assert (response.status_code, response["Location"]) == (302, CODE)
    person = Person.objects.get(email="lamp@example.org")
    assert (person.nickname, EmailAddress.objects.get(user=person).verified, signed_in_as(client)) == (
        "골목등불",
        False,
        "",
    )
    response = client.post(CODE, {"code": code_in(mail_to("lamp@example.org"))})
    assert (response.status_code, response["Location"]) == (302, "/me/")
    assert EmailAddress.objects.get(user=person).verified
    assert signed_in_as(client) == str(person.pk)
    assert Entry.objects.filter(fact="PersonRegistered").count() == 1


def test_code_is_taken_without_hyphen_and_with_spaces(client: Client, db: None) -> None:
    sign_up(client)
    code = code_in(mail_to("lamp@example.org")).replace("-", " ")
    assert client.post(CODE, {"code": f" {code} "}).status_code == 302
    assert signed_in_as(client)


def test_sign_up_in_english_mails_in_english(client: Client, db: None) -> None:
    client.post(f"/en{SIGNUP}", FORM)
    assert mail_to("lamp@example.org").subject == "Code for your new account"
    assert "It holds for 15 minutes." in mail_to("lamp@example.org").body


def test_mail_of_the_code_is_plain_text_without_the_code_in_its_subject(client: Client, db: None) -> None:
    sign_up(client)
    mail = mail_to("lamp@example.org")
    assert (mail.html, re.findall(r"\d", mail.subject)) == ("", [])


def test_under_age_box_left_empty_opens_nothing_and_keeps_what_was_typed(client: Client, db: None) -> None:
    response = sign_up(client, old_enough=None)
    assert errors(response) == {"old_enough": ["required"]}
    assert not Person.objects.filter(email="lamp@example.org").exists()
    assert Message.objects.count() == 0
    assert 'value="골목등불"' in response.content.decode()


@pytest.mark.parametrize(
    ("nickname", "code"),
    [
        ("지민", "nickname_taken"),
        ("a" * 31, "nickname_length"),
        ("a" * 5000, "nickname_length"),
        ("\u202e\u2066", "nickname_length"),
        ("관리자", "nickname_posing"),
        ("성동구청", "nickname_posing"),
        ("<script>alert(1)</script>", "nickname_signs"),
        ("<b>등불</b>", "nickname_signs"),
        ("", "required"),
        ("지민\x00", "null_characters_not_allowed"),
    ],
)
def test_nickname_that_will_not_do_is_said_at_its_field(
    client: Client, jimin: Person, nickname: str, code: str
) -> None:
    response = sign_up(client, nickname=nickname)
    assert errors(response) == {"nickname": [code]}
    assert not Person.objects.filter(email="lamp@example.org").exists()


def test_nickname_loses_its_direction_characters(client: Client, db: None) -> None:
    sign_up(client, nickname="골목\u202e등불")
    assert Person.objects.get(email="lamp@example.org").nickname == "골목등불"


@pytest.mark.parametrize(
    ("field", "value"),
    [("password1", "short"), ("password1", "password1234"), ("password1", ""), ("email", "no-address"), ("dong", "1")],
)
def test_field_that_will_not_do_is_said_at_its_field(client: Client, db: None, field: str, value: str) -> None:
    assert list(errors(sign_up(client, **{field: value}))) == [field]


def test_taken_address_gets_the_same_answer_as_a_new_one(client: Client, jimin: Person) -> None:
    new, taken = Client(), Client()
    answers = [
        sign_up(new, email="new@example.org", nickname="하나"),
        sign_up(taken, email=jimin.email, nickname="둘이"),
    ]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    pages = [browser.get(CODE).content.decode() for browser in (new, taken)]
    same = [
        re.sub(r'(new|jimin)(@|%40)example\.org|value="\w{64}"|livinglab-feed" content="[^"]*"', "", page)
        for page in pages
    ]
    assert same[0] == same[1]
    assert Person.objects.filter(email__iexact=jimin.email).count() == 1
    assert not re.search(r"\d{4}-\d{4}", mail_to(jimin.email).body)
    assert "/accounts/password/reset/" in mail_to(jimin.email).body


def test_nickname_asked_for_with_a_taken_address_is_gone_too(client: Client, jimin: Person) -> None:
    sign_up(Client(), email=jimin.email, nickname="둘이")
    assert errors(sign_up(client, nickname="둘이")) == {"nickname": ["nickname_taken"]}


def test_wrong_code_is_refused_and_after_three_the_way_starts_anew(client: Client, db: None) -> None:
    sign_up(client)
    right = code_in(mail_to("lamp@example.org"))
    wrong = "0000-0000" if right != "0000-0000" else "1111-1111"
    for _attempt in range(2):
        assert errors(client.post(CODE, {"code": wrong})) == {"code": ["incorrect_code"]}
    assert client.post(CODE, {"code": wrong})["Location"] == LOGIN
    client.post(CODE, {"code": right})
    assert signed_in_as(client) == ""


def test_code_works_once_and_in_its_own_browser_only(client: Client, db: None) -> None:
    sign_up(client)
    code = code_in(mail_to("lamp@example.org"))
    stranger = Client()
    assert stranger.post(CODE, {"code": code})["Location"] == LOGIN
    client.post(CODE, {"code": code})
    client.post("/accounts/logout/")
    assert client.post(CODE, {"code": code})["Location"] == LOGIN
    assert signed_in_as(client) == ""


@pytest.mark.parametrize("code", ["", "가나다라", "\u202e", "9" * 5000])
def test_code_that_is_none_is_refused(client: Client, db: None, code: str) -> None:
    sign_up(client)
    assert client.post(CODE, {"code": code}).status_code == 200
    assert signed_in_as(client) == ""


def test_new_code_can_be_asked_for_and_replaces_the_first(client: Client, db: None, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": None}  # ten seconds between two codes, otherwise
    sign_up(client)
    first = code_in(mail_to("lamp@example.org"))
    client.post(CODE, {"action": "resend"})
    second = code_in(mail_to("lamp@example.org"))
    assert first != second
    assert errors(client.post(CODE, {"code": first})) == {"code": ["incorrect_code"]}
    client.post(CODE, {"code": second})
    assert signed_in_as(client)


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
