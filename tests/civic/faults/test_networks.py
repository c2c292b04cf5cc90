"""Do two guests confirm a fault only where they are not one person without the cookie?"""

import pytest
from django.core.cache import cache
from django.test import Client

from civic.clocks.now import database_now
from civic.faults.actions import open_by_finding, report_fault, take_fault
from civic.faults.models import Fault
from civic.faults.networks import network_of
from civic.people.actions import issue_token
from tests.making import NOON, make_lamp, make_official, make_person

pytestmark = pytest.mark.django_db
ONE, OTHER = "203.0.113.7", "198.51.100.9"


def report(lamp, address, **headers):
    body = {"device": lamp.tag, "category": "dark"}
    sent = Client(REMOTE_ADDR=address).post("/api/v1/faults", body, "application/json", headers=headers)
    assert sent.status_code == 201
    return Fault.objects.get(code=sent.json()["code"])


def test_one_guest_without_the_cookie_confirms_nothing_and_another_network_does():
    lamp = make_lamp()
    report(lamp, ONE)
    assert [(report(lamp, ONE).state, report(lamp, ONE).reports)] == [("suspected", 3)]
    assert report(lamp, OTHER).state == "confirmed"


def test_pages_tell_the_network_too():
    lamp = make_lamp()
    for address, state in ((ONE, "suspected"), (ONE, "suspected"), (OTHER, "confirmed")):
        answer = Client(REMOTE_ADDR=address).post(f"/l/{lamp.tag}/", {"category": "dark"})
        assert (answer.status_code, Fault.objects.get().state) == (302, state)
    lamp = make_lamp()
    fault = report(lamp, ONE)
    Client(REMOTE_ADDR=ONE).post(f"/faults/{fault.code}/me-too/", {})
    fault.refresh_from_db()
    assert (fault.state, fault.reports) == ("suspected", 2)
    Client(REMOTE_ADDR=OTHER).post(f"/faults/{fault.code}/me-too/", {})
    fault.refresh_from_db()
    assert (fault.state, fault.reports) == ("confirmed", 3)


def test_second_guest_of_another_day_confirms_it_after_a_restart_of_the_cache_too():
    lamp = make_lamp()
    report(lamp, ONE)
    cache.clear()
    assert report(lamp, ONE).state == "suspected"
    cache.clear()
    assert report(lamp, OTHER).state == "confirmed"


def test_first_network_is_kept_until_the_fault_is_confirmed_or_taken_on_and_tells_of_no_other_fault():
    fault, other, third = (report(make_lamp(), ONE) for _n in range(3))
    assert network_of(ONE) != fault.first_network != other.first_network != ""
    assert report(fault.device, OTHER).first_network == ""
    take_fault(by=make_official(), fault=other, at=database_now())
    open_by_finding(device=third.device, code="lampFailure", at=database_now())
    assert set(Fault.objects.values_list("first_network", flat=True)) == {""}


def test_guest_without_an_address_is_the_first_of_nobody():
    lamp = make_lamp()
    for network, state in (("", "suspected"), (network_of(ONE), "suspected"), ("", "suspected")):
        assert report_fault(device=lamp, category="dark", network=network, at=NOON)[0].state == state
    assert report(lamp, OTHER).state == "confirmed"


@pytest.mark.parametrize("account_first", [True, False])
def test_account_confirms_what_a_guest_said(account_first):
    lamp, person = make_lamp(), make_person()
    bearer = {"authorization": f"Bearer {issue_token(by=person, person=person, label='test', at=NOON)}"}
    told = [bearer, {}] if account_first else [{}, bearer]
    assert [report(lamp, ONE, **headers).state for headers in told] == ["suspected", "confirmed"]


def test_network_is_a_household_of_ipv6_and_no_address_can_be_read_from_it():
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:1") != network_of("2001:db8:1::1")
    assert network_of(ONE) != network_of(OTHER)
    assert ONE not in network_of(ONE)
    assert network_of("nobody knows") == ""
