"""How does somebody come in a test? Signed in as the site would have it: the staff with their second step shown."""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client

from civic.people.models import Person
from civic.people.queries import has_factor


def signed_in(person: Person) -> Client:
    """A browser of this person's."""
    client = Client()
    sign_in(client, person)
    return client


def sign_in(client: Client, person: Person) -> None:
    """With whatever this person has to show, just now."""
    client.force_login(person)
    if has_factor(person):
        show_second_step(client, person)
    elif not person.has_usable_password():
        _record(client, person, method="code")  # the way in of whoever has the mailbox alone


def show_second_step(client: Client, person: Person, *, lasting: float = 0) -> None:
    """What a session holds once a code of the app was taken; for so many seconds nobody is asked once more."""
    _record(client, person, lasting, method="mfa", type="totp", reauthenticated=lasting > 0)


def type_password(client: Client, person: Person, *, lasting: float = 0) -> None:
    """What a session holds once the password was typed, beside what it held."""
    shown = client.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    _record(client, person, lasting, method="password")
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [*shown, *session[AUTHENTICATION_METHODS_SESSION_KEY]]
    session.save()


def leave_open(client: Client, seconds: float = 301) -> None:
    """The browser was left open for so long since whatever was shown in it."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        record | {"at": record["at"] - seconds} for record in session[AUTHENTICATION_METHODS_SESSION_KEY]
    ]
    session.save()


def _record(client: Client, person: Person, lasting: float = 0, **record: object) -> None:
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"at": time.time() + lasting, **record}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(person)
    session.save()
