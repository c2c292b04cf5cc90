"""A reporter's own page, and "me too": by a key nobody guesses, counted once."""

from datetime import timedelta

import pytest
from django.test import Client

from civic.clocks.deadlines import SEOUL
from civic.clocks.now import database_now
from civic.faults.actions import repair_fault, report_fault, schedule_fault, take_fault
from civic.faults.models import Report
from tests.making import make_fault, make_lamp, make_official, make_repaired

pytestmark = pytest.mark.django_db
KEY = "another-key-of-thirty-two-characters"


@pytest.fixture
def now():
    return database_now() - timedelta(minutes=1)


def text(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_page_shows_own_words_and_what_became_of_them(now):
    said = {"category": "dark", "text": "세 걸음 앞이 안 보입니다.", "email": "someone@example.org"}
    fault, key = report_fault(device=make_lamp(), **said, at=now)
    take_fault(by=make_official(), fault=fault, at=now)
    shown = text(Client().get(f"/en/faults/mine/{key}/"))
    assert "세 걸음 앞이 안 보입니다." in shown
    assert fault.code in shown
    assert "도로시설과" in shown
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


def test_me_too_counts_a_browser_once_and_leads_to_its_page(now):
    fault, browser = make_fault(at=now), Client()
    path = f"/faults/{fault.code}/me-too/"
    assert 'type="hidden" name="key"' in text(browser.get(path))
    answer = browser.post(path, {"key": KEY})
    assert answer["Location"] == f"/faults/mine/{KEY}/"
    again = browser.post(path, {"key": KEY.replace("another", "a-third")})
    assert again["Location"] == f"/faults/mine/{KEY}/"  # the report there is
    fault.refresh_from_db()
    assert (fault.reports, Report.objects.count()) == (2, 2)
    assert KEY in text(browser.get(path))


def test_me_too_wrong_address_keeps_it(now):
    fault = make_fault(at=now)
    shown = text(Client().post(f"/faults/{fault.code}/me-too/", {"email": "no address"}), 422)
    assert "no address" in shown


def test_me_too_stale_token_keeps_the_address(now):
    fault = make_fault(at=now)
    browser = Client(enforce_csrf_checks=True)
    shown = text(browser.post(f"/faults/{fault.code}/me-too/", {"email": "someone@example.org"}), 403)
    assert "someone@example.org" in shown
    fault.refresh_from_db()
    assert fault.reports == 1


def test_me_too_closed_fault_is_refused_with_a_sentence(now):
    fault = make_repaired(at=now)
    type(fault).objects.filter(pk=fault.pk).update(state="resolved", due_at=None)
    shown = text(Client().post(f"/en/faults/{fault.code}/me-too/", {}), 409)
    assert "This fault is closed" in shown


def test_cookie_somebody_meddled_with_is_no_key(now):
    fault, browser = make_fault(at=now), Client()
    browser.cookies["llab_reports"] = "forged.key"
    assert browser.get(f"/faults/{fault.code}/me-too/").status_code == 200
