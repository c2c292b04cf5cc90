"""Faults as pages: the list with its filters, and one with everything that was done about it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from civic.clocks.now import database_now
from civic.devices.models import Clock, DeviceState, Gateway
from civic.faults.actions import take_fault
from civic.faults.device_shown import when, with_day
from tests.answers import text
from tests.counting import cost
from tests.making import DOSEON, GURO4, make_fault, make_lamp, make_official, make_person, make_repaired

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return database_now() - timedelta(hours=3)


def test_list_shows_open_and_closed_with_their_states(now):
    open_, done = make_fault(at=now), make_repaired(at=now)
    shown = text(Client().get("/en/faults/"))
    assert open_.code in shown
    assert done.code in shown
    assert "1 fault to be mended now" in shown
    assert "Noticed → repaired: 2 h 0 min" in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("?district=11530", 1),
        (f"?dong={DOSEON}", 2),
        ("?state=received", 2),
        ("?state=done", 1),
        ("?state=rejected", 0),
        ("?category=dark", 3),
        ("?category=wire", 0),
        ("?state=nonsense&dong=%00&category=1", 3),
    ],
)
def test_list_filters(now, query, found):
    make_fault(at=now)
    make_fault(make_lamp(district="11530", dong=GURO4), at=now)
    make_repaired(at=now)
    assert text(Client().get(f"/faults/{query}")).count('class="fault-row"') == found


def order(query="", client=None):
    return re.findall(r'data-live-key="fault:(F-[\d-]+)"', text((client or Client()).get(f"/faults/{query}")))


def test_list_late_ones_lead_then_what_is_due_next_and_what_is_mended_comes_last(now):
    mended, official = make_repaired(at=now - timedelta(days=9)), make_official()
    later = take_fault(by=official, fault=make_fault(at=now - timedelta(hours=4)), at=now - timedelta(hours=4))
    sooner = take_fault(by=official, fault=make_fault(at=now - timedelta(hours=9)), at=now - timedelta(hours=9))
    late = take_fault(by=official, fault=make_fault(at=now - timedelta(days=9)), at=now - timedelta(days=9))
    newly = make_repaired(at=now)
    assert order() == [one.code for one in (late, sooner, later, newly, mended)]


def test_list_late_goes_by_the_clock_at_its_lamp_and_pages_stay_exact(now):
    lamp, official, ago = make_lamp(), make_official(), now - timedelta(days=2)
    played = Gateway.objects.create(district_id="11200", clock=Clock.SIMULATED, clock_at=ago)
    DeviceState.objects.filter(device=lamp).update(via=played)
    in_time = take_fault(by=official, fault=make_fault(lamp, at=now), at=now)
    late = take_fault(by=official, fault=make_fault(at=now - timedelta(days=1, hours=9)), at=now - timedelta(days=1))
    assert in_time.due_at < late.due_at  # and yet the played evening has not come so far
    for _n in range(20):
        make_repaired(at=now)
    assert order()[:2] == [late.code, in_time.code]
    pages = order() + order("?page=2")
    assert len(pages) == len(set(pages)) == 22


def test_list_over_several_clocks_prints_the_day_with_each_hour(now):
    fault = make_fault(at=now)
    with override("en"):
        alone, dated = when(now, database_now()), with_day(now, database_now())
        assert f"Noticed {alone}." in text(Client().get("/en/faults/"))
        Gateway.objects.create(district_id="11530", clock=Clock.SIMULATED, clock_at=now)
        assert f"Noticed {dated}." in text(Client().get("/en/faults/"))
        assert f"Noticed {dated}." in text(Client().get(f"/en/faults/{fault.code}/"))


def test_list_pages(now):
    for _n in range(21):
        make_fault(at=now)
    assert text(Client().get("/faults/")).count('class="fault-row"') == 20
    assert text(Client().get("/faults/?page=2")).count('class="fault-row"') == 1


def test_list_costs_the_same_with_one_and_with_thirty(now):
    make_fault(at=now)
    few = cost(lambda: Client().get("/faults/"))
    for _n in range(29):
        make_fault(at=now)
    assert cost(lambda: Client().get("/faults/")) == few <= 10


def test_list_empty_says_so():
    assert "No fault fits here." in text(Client().get("/en/faults/"))


def test_ac_1_2_public_page_says_how_long_the_repair_took(now):
    shown = text(Client().get(f"/en/faults/{make_repaired(at=now).code}/"))
    assert "Fault noticed → repaired" in shown
    assert "2 h 0 min" in shown
    assert "램프를 갈았습니다." in shown


def test_page_names_who_stands_for_it_in_office_and_no_resident(now):
    reporter, official = make_person("골목지기"), make_official()
    fault = take_fault(by=official, fault=make_fault(by=reporter, at=now), at=now)
    shown = text(Client().get(f"/faults/{fault.code}/"))
    for words in ("도로시설과", official.nickname, "02-0000-0101"):
        assert words in shown, words
    assert reporter.nickname not in shown


def test_page_holds_no_form_for_those_signed_out(now):
    shown = text(Client().get(f"/faults/{make_fault(at=now).code}/"))
    assert 'method="post"' not in shown
    assert "csrfmiddlewaretoken" not in shown


def test_page_offers_acts_to_officials_of_the_district_alone(now):
    fault, at_home, elsewhere = make_fault(at=now), Client(), Client()
    at_home.force_login(make_official())
    elsewhere.force_login(make_official("11530"))
    path = f"/faults/{fault.code}/"
    assert f"{path}acts/take/" in text(at_home.get(path))
    assert f"{path}acts/" not in text(elsewhere.get(path))
    assert f"{path}me-too/" in text(Client().get(path))


@pytest.mark.parametrize("code", ["F-2026-999999", "F-1", "x", "%00", "F-2026-００0001"])
def test_page_unknown_number_is_not_found(code):
    assert Client().get(f"/faults/{code}/").status_code == 404
