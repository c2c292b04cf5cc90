"""Who is counted with whom? An account by itself, an address with all behind it, a household as one."""

import pytest
from allauth.core.internal.ratelimit import get_ip
from django.test import Client, RequestFactory

from civic.limits.edge import address_of, elsewhere, from_this_machine, home_of, why_not_again
from civic.limits.figures import LIMITS
from tests.making import make_lamp

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),  # how a socket for both kinds names the first
        ("::ffff:c000:207", "192.0.2.7"),
        ("no address", "no address"),
        ("no:address", "no:address"),
        ("", ""),
    ],
)
def test_household_counts_as_one(address, home):
    assert home_of(address) == home


@pytest.mark.parametrize(("there", "here"), [("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8::9", "2001:db8::9")])
def test_sign_in_counts_the_same_address_whatever_the_server_listens_on(there, here):
    assert get_ip(RequestFactory().get("/", REMOTE_ADDR=there)).partition("/")[0] in (here, "2001:db8::")
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=there)) == here


@pytest.mark.parametrize(
    ("passed_on", "known_as"),
    [
        ("198.51.100.1", "203.0.113.5"),  # past the outer proxy: what is written could be anybody's invention
        ("unknown, 10.0.0.1", "203.0.113.5"),
        ("198.51.100.1, 10.0.0.1", "198.51.100.1"),
        ("192.0.2.66, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
    ],
)
def test_visitor_who_came_past_a_trusted_proxy_is_known_by_the_connection(settings, passed_on, known_as):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    headers = {"x-forwarded-for": passed_on}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR="203.0.113.5", headers=headers)) == known_as
    wrong = {"login": "nobody@example.org", "password": "wrong"}
    client = Client(raise_request_exception=False, REMOTE_ADDR="203.0.113.5", headers=headers)
    assert client.post("/accounts/login/", wrong).status_code < 500
    assert client.post(f"/l/{make_lamp().tag}/", {"category": "dark"}).status_code == 302


def test_account_is_held_back_at_its_figure_and_its_neighbour_is_not():
    most = LIMITS["token"].of_person
    told = [why_not_again("token", person="1", address="192.0.2.1")[0] for _n in range(most + 1)]
    assert [refusal and refusal.status for refusal in told] == [*[None] * most, 429]
    assert why_not_again("token", person="2", address="192.0.2.1")[0] is None


def test_address_is_held_back_when_all_behind_it_together_did_too_much(monkeypatch):
    most = LIMITS["token"].of_address
    for n in range(most):
        assert why_not_again("token", person=f"p{n}", address="192.0.2.1")[0] is None
    refusal, wait = why_not_again("token", person="another", address="192.0.2.1")
    assert refusal is not None
    assert (refusal.status, 0 < wait <= LIMITS["token"].seconds) == (429, True)
    assert why_not_again("token", person="another", address="192.0.2.2")[0] is None


def test_only_this_machine_itself_is_this_machine():
    assert from_this_machine("127.0.0.1", {})
    assert not from_this_machine("127.0.0.1", {"x-forwarded-for": "198.51.100.1"})
    assert not from_this_machine("198.51.100.1", {})
    assert [elsewhere(scope) for scope in ({}, {"client": ("127.0.0.1", 1)}, {"client": ("198.51.100.1", 1)})] == [
        "",
        "",
        "198.51.100.1",
    ]
