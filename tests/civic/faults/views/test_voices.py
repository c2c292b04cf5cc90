"""One's voice on a fault that is known: "me too" until it is repaired, then "it is not mended", each counted once."""

from datetime import timedelta

import pytest
from django.test import Client

from civic.devices.models import Device, Kind
from civic.faults.actions import (
    contest_repair,
    join_fault,
    open_by_finding,
    repair_fault,
    report_fault,
    take_fault,
)
from civic.faults.models import Fault, Report
from civic.faults.queries import report_by_key
from civic.feed.models import Item
from civic.refusals import Refused
from tests.answers import text
from tests.making import NOON, make_fault, make_lamp, make_official, make_person, make_repaired

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
KEY = "another-key-of-thirty-two-characters"


@pytest.fixture
def repaired(now):
    return make_repaired(at=now - timedelta(hours=3))


def contest(fault, prefix=""):
    return f"{prefix}/faults/{fault.code}/not-mended/"


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


def test_repaired_fault_is_asked_whether_it_is_mended_and_no_longer_whether_it_troubles(repaired):
    pages = (f"/en/faults/{repaired.code}/", f"/l/{repaired.device.tag}/?lang=en")
    for page in pages:
        shown = text(Client().get(page))
        assert contest(repaired, "/en") in shown, page
        assert "/me-too/" not in shown, page
        assert "We tell you when it is repaired" not in shown, page
    assert Client().get(f"/faults/{repaired.code}/me-too/")["Location"] == contest(repaired)


def test_me_too_that_comes_after_the_repair_changes_nothing_and_asks_with_the_words_kept(repaired):
    said = {"email": "someone@example.org", "key": KEY}
    shown = text(Client().post(f"/en/faults/{repaired.code}/me-too/", said), 409)
    assert "A repair of this fault is recorded." in shown
    assert f'action="{contest(repaired, "/en")}"' in shown
    assert "someone@example.org" in shown
    assert Fault.objects.get().state == "repaired"


def test_not_mended_shows_what_was_done_and_brings_it_back(repaired):
    browser = Client()
    assert "램프를 갈았습니다." in text(browser.get(contest(repaired)))
    answer = browser.post(contest(repaired), {"text": "아직 어둡습니다.", "key": KEY})
    assert answer["Location"] == f"/faults/mine/{KEY}/"
    assert "아직 어둡습니다." in text(browser.get(answer["Location"]))
    assert browser.post(contest(repaired), {"key": KEY})["Location"] == f"/faults/mine/{KEY}/"  # pressed twice
    again = Fault.objects.get()
    assert (again.state, again.reopened, again.reports) == ("confirmed", 1, 2)


def test_reporter_finds_the_way_on_the_own_page_on_the_plate_and_signed_in(now):
    lamp, guest, person = make_lamp(), Client(), make_person()
    guest.post(f"/l/{lamp.tag}/", {"category": "dark", "key": KEY})
    fault, official = Fault.objects.get(), make_official()
    take_fault(by=official, fault=fault, at=now)
    repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=now)
    for page in (f"/faults/mine/{KEY}/", f"/l/{lamp.tag}/", f"/faults/{fault.code}/"):
        assert contest(fault) in text(guest.get(page)), page
    assert guest.post(contest(fault), {})["Location"] == f"/faults/mine/{KEY}/"
    other = make_repaired(by=person, at=now - timedelta(hours=3))
    browser = Client()
    browser.force_login(person)
    assert browser.post(contest(other), {"key": KEY[::-1]}).status_code == 302
    assert sorted(Fault.objects.values_list("state", "reports")) == [("confirmed", 1), ("confirmed", 1)]


def test_not_mended_at_a_place_without_a_lamp(now):
    fault, _key = report_fault(point=(127.0277, 37.5615), category="dark", at=now)
    official = make_official()
    take_fault(by=official, fault=fault, at=now)
    repair_fault(by=official, fault=fault, result="전선을 묶었습니다.", at=now)
    assert contest(fault) in text(Client().get(f"/faults/{fault.code}/"))
    assert Client().post(contest(fault), {"key": KEY}).status_code == 302
    assert Fault.objects.get().state == "confirmed"


def test_lamp_under_a_repaired_cabinet_is_reported_by_itself(now):
    cabinet = Device.objects.create(tag="11200-box-1", kind=Kind.CABINET, district_id="11200")
    lamp, official = make_lamp(parent=cabinet), make_official()
    fault = open_by_finding(device=cabinet, code="supplyLoss", at=now)
    assert "Is it something else?" in text(Client().get(f"/l/{lamp.tag}/?lang=en"))
    take_fault(by=official, fault=fault, at=now)
    repair_fault(by=official, fault=fault, result="차단기를 갈았습니다.", at=now)
    shown = text(Client().get(f"/l/{lamp.tag}/?lang=en"))
    assert "If this light is still dark, report it below." in shown
    assert contest(fault) not in shown
    assert "Is it something else?" not in shown
    assert "Is one light of these dark and no other?" in text(Client().get(contest(fault, "/en")))


def test_not_mended_wrong_words_keep_them_and_a_stale_token_too(repaired):
    browser = Client(enforce_csrf_checks=True)
    said = {"text": "아직 어둡습니다.", "email": "no address"}
    assert "아직 어둡습니다." in text(Client().post(contest(repaired), said), 422)
    assert "아직 어둡습니다." in text(browser.post(contest(repaired), said), 403)
    assert Fault.objects.get().state == "repaired"


@pytest.mark.parametrize("state", ["confirmed", "resolved"])
def test_not_mended_of_what_is_open_or_closed_leads_on(now, state):
    fault = make_fault(at=now)
    Fault.objects.filter(pk=fault.pk).update(state=state)
    assert Client().get(contest(fault))["Location"] == f"/faults/{fault.code}/"
    assert Client().post(contest(fault), {}).status_code == 409


def test_repair_is_contested_by_its_reporter_or_by_anybody_and_each_counts_once():
    person = make_person()
    fault = make_repaired(by=person)
    again, key = contest_repair(by=person, fault=fault, text="아직 어둡습니다.", at=NOON + 3 * HOUR)
    assert (again.state, again.reopened, again.reports, again.result) == ("confirmed", 1, 1, "")
    assert (report_by_key(key).person, report_by_key(key).text) == (person, "아직 어둡습니다.")
    assert [item.kind for item in Item.objects.filter(key=fault.key).order_by("pk")][-1] == "FaultReopened"
    other, key = contest_repair(fault=make_repaired(), email="guest@example.org", key="n" * 32, at=NOON + 3 * HOUR)
    assert (other.state, other.reports, key) == ("confirmed", 2, "n" * 32)
    assert contest_repair(fault=other, key=key, at=NOON + 4 * HOUR) == (other, key)  # the same form once more
    assert Fault.objects.get(pk=other.pk).reopened == 1


def test_guest_contests_with_the_key_of_the_report_and_keeps_its_page():
    fault, key = report_fault(device=make_lamp(), category="dark", at=NOON, email="guest@example.org")
    official = make_official()
    take_fault(by=official, fault=fault, at=NOON)
    repair_fault(by=official, fault=fault, result="램프를 갈았습니다.", at=NOON + HOUR)
    again, own = contest_repair(fault=fault, known=[key], at=NOON + 2 * HOUR)
    assert (again.state, again.reports, own) == ("confirmed", 1, key)


def test_contest_never_comes_before_the_repair_it_is_about():
    fault = make_repaired(at=NOON)
    again, _key = contest_repair(fault=fault, at=NOON)  # two hours before what the official wrote
    assert again.reopened_at == NOON + 2 * HOUR


@pytest.mark.parametrize("state", ["confirmed", "acknowledged", "in_progress"])
def test_contest_of_what_is_not_repaired_is_refused(state):
    fault = make_fault()
    Fault.objects.filter(pk=fault.pk).update(state=state)
    with pytest.raises(Refused) as refused:
        contest_repair(fault=fault, at=NOON)
    assert refused.value.refusal.code == "not_repaired"


def test_me_too_of_a_repaired_fault_brings_nothing_back():
    fault = make_repaired()
    with pytest.raises(Refused) as refused:
        join_fault(by=make_person(), fault=fault, at=NOON + 3 * HOUR)
    assert refused.value.refusal.code == "repaired"
    fault.refresh_from_db()
    assert (fault.state, fault.reports, fault.reopened) == ("repaired", 1, 0)
