"""What did the mail say, and what did the form answer? For tests of the way in."""

import re
from typing import Any

from django.test import Client

from civic.outbox.models import Message

PASSWORD = "golmok-bulbit-7"
AGREED = {"consent_terms": "on", "consent_account": "on"}
FORM = {
    "email": "lamp@example.org",
    "nickname": "골목등불",
    "password1": PASSWORD,
    "old_enough": "on",
    "dong": "",
    **AGREED,
}
SIGNUP, LOGIN, CODE = "/accounts/signup/", "/accounts/login/", "/accounts/confirm-email/"


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
