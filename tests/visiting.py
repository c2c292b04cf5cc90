"""How does a test go to the town's provider and come back? As a browser does, with our part in Django's client."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from tests.town import PASSWORD, signed_in_there


def leaving(answer: Any) -> str:
    """Where our page leads on to."""
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', answer.content.decode())
    assert found, answer.content.decode()
    return unescape(found[1])


def come_back(
    client: Client,
    left: Any,
    who: str,
    *,
    password: str = PASSWORD,
    at: Client | None = None,
    tell_address: bool = False,
) -> Any:
    """Sign in at the provider and come back in this browser, or in another; the answer of our page."""
    back = urlsplit(signed_in_there(leaving(left), who, password))
    address = f"{back.path}?{back.query}"
    answer = (at or client).get(address)
    return (answer, address) if tell_address else answer


def sign_in_there(client: Client, who: str, *, following: str = "") -> Any:
    """The button on the sign-in page."""
    return come_back(client, client.post("/accounts/oidc/town/login/", {"next": following}), who)


def sign_up_there(client: Client, who: str) -> Any:
    """The button on the sign-up page, with the age told."""
    return come_back(client, client.post("/accounts/with/town/", {"old_enough": "on"}), who)
