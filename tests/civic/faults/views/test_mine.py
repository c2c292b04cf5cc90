"""A reporter's own page, by a key nobody guesses: does it say what became of the report, and to nobody else?"""

from datetime import timedelta

import pytest
from django.test import Client

from civic.clocks.deadlines import SEOUL
from civic.faults.actions import repair_fault, report_fault, schedule_fault, take_fault
from tests.answers import text
from tests.making import make_lamp, make_official

pytestmark = pytest.mark.django_db


def test_page_shows_own_words_and_what_became_of_them(now):
    said = {"category": "dark", "text": "세 걸음 앞이 안 보입니다.", "email": "someone@example.org"}
    fault, key = report_fault(device=make_lamp(), **said, at=now)
    take_fault(by=make_official(), fault=fault, at=now)
    shown = text(Client().get(f"/en/faults/mine/{key}/"))
    assert "세 걸음 앞이 안 보입니다." in shown
    assert fault.code in shown
    assert "Road Facilities Division" in shown
    assert "s…@example.org" in shown
    assert "someone@example.org" not in shown


def test_page_says_when_somebody_comes_and_so_does_the_public_one(now):
    fault, key = report_fault(device=make_lamp(), category="dark", at=now)
    official = make_official()
    visit = now + timedelta(days=2)
    take_fault(by=official, fault=fault, at=now)
    pages = (f"/en/faults/mine/{key}/", f"/en/faults/{fault.code}/", f"/l/{fault.device.tag}/?lang=en")
    assert not any("Somebody comes" in text(Client().get(page)) for page in pages)
    fault = schedule_fault(by=official, fault=fault, planned_for=visit, at=now)
    for page in pages:
        assert f"Somebody comes: {visit.astimezone(SEOUL):%B %-d %H:%M}." in text(Client().get(page)), page
    repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=now)
    assert not any("Somebody comes" in text(Client().get(page)) for page in pages)


def test_page_promises_a_letter_until_the_repair_and_no_longer(now):
    fault, key = report_fault(device=make_lamp(), category="dark", email="someone@example.org", at=now)
    official = make_official()
    take_fault(by=official, fault=fault, at=now)
    assert "when it is repaired" in text(Client().get(f"/en/faults/mine/{key}/"))
    repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=now)
    assert "when it is repaired" not in text(Client().get(f"/en/faults/mine/{key}/"))


def test_page_of_a_repaired_fault_offers_to_say_that_it_is_not_mended(now):
    fault, key = report_fault(device=make_lamp(), category="dark", at=now)
    official, contest = make_official(), f"/en/faults/{fault.code}/not-mended/"
    take_fault(by=official, fault=fault, at=now)
    assert contest not in text(Client().get(f"/en/faults/mine/{key}/"))
    repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=now)
    assert contest in text(Client().get(f"/en/faults/mine/{key}/"))


def test_page_is_indexed_and_kept_nowhere(now):
    _fault, key = report_fault(device=make_lamp(), category="dark", at=now)
    answer = Client().get(f"/faults/mine/{key}/")
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert 'name="robots" content="noindex' in answer.content.decode()


@pytest.mark.parametrize("key", ["nothing", "F-2026-000001", "x" * 40, "%00"])
def test_page_another_key_opens_nothing(key):
    assert Client().get(f"/faults/mine/{key}/").status_code == 404


def test_page_public_page_shows_no_words_of_a_reporter(now):
    fault, key = report_fault(device=make_lamp(), category="dark", text="세 걸음 앞이 안 보입니다.", at=now)
    shown = text(Client().get(f"/faults/{fault.code}/"))
    assert "세 걸음" not in shown
    assert key not in shown
