"""Does sign-up open an account for whoever confirms the address, and tell strangers nothing?"""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from civic.ledger.models import Entry
from civic.outbox.models import Message
from civic.people.models import Person
from tests.mailed import CODE, FORM, LOGIN, SIGNUP, code_in, errors, mail_to, sign_up, signed_in_as

pytestmark = pytest.mark.usefixtures("outbox")


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
    assert client.post(CODE, {"code": code}).status_code == 422
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


def test_sign_up_from_a_proposal_leads_back_to_it(client: Client) -> None:
    assert "next=/proposals/P-2026-000001/" in client.get(f"{LOGIN}?next=/proposals/P-2026-000001/").content.decode()
    sign_up(client, next="/proposals/P-2026-000001/")
    answer = client.post(CODE, {"code": code_in(mail_to("lamp@example.org"))})
    assert answer["Location"] == "/proposals/P-2026-000001/"


def test_sign_up_left_half_way_goes_on_at_the_next_sign_in(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": None}  # ten seconds between two codes, otherwise
    sign_up(Client())
    answer = client.post(LOGIN, {"login": "lamp@example.org", "password": FORM["password1"]})
    assert (answer["Location"], signed_in_as(client)) == (CODE, "")
    client.post(CODE, {"code": code_in(mail_to("lamp@example.org"))})
    assert signed_in_as(client)
