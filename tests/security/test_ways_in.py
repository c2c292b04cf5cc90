"""Is there one way in? Nothing beside allauth's pages takes a password, and none of those stops at the password."""

import inspect
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.views import LoginView  # Wagtail's own is one
from django.core.cache import cache
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.translation import override

from civic.people.actions import register_person
from civic.people.models import Person
from tests.mailed import LOGIN, PASSWORD, signed_in_as
from tests.making import APP_SECRET, NOON, make_person
from tests.walk.ask import Ask, address
from tests.walk.reading import matrix
from tests.walk.routes import routes

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/en"])
WAGTAILS = "/_util/login/"
# What code calls that signs somebody in or looks whether a password is right
SIGNING_IN = {"alogin", "auth_login", "authenticate", "aauthenticate", "check_password", "force_login", "login"}
SIGNING_IN |= {"perform_login", "perform_password_login", "perform_passwordless_login", "record_authentication"}
# Every address whose view does so, or has a field for a password: allauth's stages and limits stand behind each.
OURS = {
    "accounts/login/",
    "accounts/signup/",
    "accounts/password/change/",
    "accounts/password/set/",
    "accounts/password/reset/complete/",
    "accounts/reauthenticate/",
    "accounts/reauthenticate/code/",
    "accounts/2fa/authenticate/",
    "accounts/2fa/totp/activate/",  # notes that the new step was shown
    "accounts/2fa/webauthn/add/",
    "accounts/2fa/webauthn/login/",
}
SHUT = {"desk/password_reset/confirm/<uidb64>/<token>/"}  # the matrix says: to everybody


def views() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Each route with the view that answers there, which is not Wagtail's where one of ours comes first."""
    with override("ko"):
        for route in routes():
            try:
                yield route, resolve(address(route, Ask())).func
            except Resolver404:  # written as a pattern
                assert "^" in route or ":" in route, route


def classes(view: Callable[..., Any]) -> list[type]:
    """The view's class and those it inherits from, without Django's own that know nothing of people."""
    made = getattr(view, "view_class", None) or getattr(inspect.unwrap(view), "view_class", None)
    return [one for one in inspect.getmro(made) if one.__module__ != "django.views.generic.base"] if made else []


def named(code: CodeType) -> set[str]:
    inner = (part for part in code.co_consts if isinstance(part, CodeType))
    return set(code.co_names).union(*map(named, inner))


def called(function: FunctionType) -> set[str]:
    """What it names, and what the functions beside it in its file name that it calls."""
    names = named(function.__code__)
    beside = (function.__globals__.get(name) for name in names)
    near = [one for one in beside if inspect.isfunction(one) and one.__module__ == function.__module__]
    return names.union(*(named(one.__code__) for one in near))


def lets_in(view: Callable[..., Any]) -> bool:
    """Does its code sign somebody in, or is there a field for a password?"""
    made = classes(view)
    parts = [inspect.unwrap(part) for one in made for part in vars(one).values() if callable(part)]
    functions = [part for part in (*parts, inspect.unwrap(view)) if inspect.isfunction(part)]
    fields = getattr(getattr(made[0], "form_class", None), "base_fields", {}) if made else {}
    secret = any(getattr(field.widget, "input_type", "") == "password" for field in fields.values())
    return secret or any(called(part) & SIGNING_IN for part in functions)


def test_every_view_that_takes_a_password_or_signs_somebody_in_is_known() -> None:
    found = {route for route, view in views() if lets_in(view)}
    assert sorted(found - OURS - SHUT) == []  # a new way in: does it ask for the second step, and count guesses?
    assert sorted(OURS - found) == []


def test_no_view_is_djangos_own_form_to_sign_in() -> None:
    assert [route for route, view in views() if any(issubclass(one, LoginView) for one in classes(view))] == []


def test_what_is_shut_stands_in_the_matrix_as_shut() -> None:
    rows = {row.route: row.open_to for row in matrix("closed")}
    assert not any(who for route in SHUT for who in rows[route].values())


# --- by real requests -------------------------------------------------------------------------


@pytest.fixture
def careful() -> Person:
    """Somebody with a password and a second step."""
    person = make_person(password=PASSWORD)
    TOTP.activate(person, APP_SECRET)
    return person


@pytest.fixture
def unconfirmed() -> Person:
    return register_person(email="nobody@example.org", nickname="골목손님", password=PASSWORD, old_enough=True, at=NOON)


@LANGUAGES
@pytest.mark.parametrize("who", ["careful", "unconfirmed"])
def test_wagtails_form_is_shut_and_leads_to_ours(prefix: str, who: str, request: pytest.FixtureRequest) -> None:
    person, client = request.getfixturevalue(who), Client()
    answer = client.post(f"{prefix}{WAGTAILS}", {"username": person.email, "password": PASSWORD})
    assert (answer.status_code, signed_in_as(client)) == (405, "")
    assert client.get("/me/").status_code == 302
    asked = client.get(f"{prefix}{WAGTAILS}?next=/me/")
    assert (asked.status_code, asked["Location"]) == (302, f"{prefix}{LOGIN}?next=/me/")


@LANGUAGES
@pytest.mark.timeout(300)  # every address there is
@pytest.mark.parametrize("who", ["careful", "unconfirmed"])
def test_right_password_at_any_address_lets_nobody_in(prefix: str, who: str, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    name = dict.fromkeys(("username", "login", "email"), person.email)
    word = dict.fromkeys(("password", "password1", "password2", "oldpassword", "code"), PASSWORD)
    let_in = []
    for route in sorted(routes()):
        cache.clear()  # no limit shuts the next door
        client = Client(raise_request_exception=False)
        client.post(prefix + address(route, Ask()), {**name, **word, "next": "/me/"})
        if signed_in_as(client) or client.get("/me/").status_code == 200:
            let_in.append(route)
    assert let_in == []


@LANGUAGES
@pytest.mark.parametrize(
    ("path", "field"),
    [("/accounts/reauthenticate/", "password"), ("/accounts/password/change/", "oldpassword")],
)
def test_guessing_ones_own_password_has_an_end(prefix: str, path: str, field: str) -> None:
    person, told = make_person(password=PASSWORD), []
    for n in range(11):
        client = Client()
        client.force_login(person)
        form = {field: f"wrong{n}", "password1": "deungbul-11", "password2": "deungbul-11"}
        told.append(client.post(prefix + path, form).status_code)
    assert (told[0], told[-1]) == (422, 429)
