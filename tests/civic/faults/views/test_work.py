"""Officials' forms on the public side: each act on its own address, words kept when it cannot be done."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from civic.clocks.deadlines import SEOUL
from civic.clocks.now import database_now
from civic.devices.models import Clock, DeviceFinding, DeviceState, Gateway
from civic.faults.actions import open_by_finding, propose_closure
from civic.faults.models import Fault
from civic.policies.models import ParticipationPolicy
from tests.answers import text
from tests.making import NOON, make_fault, make_lamp, make_official, make_person, make_repaired

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return database_now() - timedelta(minutes=5)


@pytest.fixture
def official():
    browser = Client()
    browser.force_login(make_official())
    return browser


def work(fault, act):
    return f"/faults/{fault.code}/acts/{act}/"


def test_take_start_and_repair_go_through_to_a_repair_with_a_result(official, now):
    fault = make_fault(at=now)
    for act, said in (("take", {}), ("start", {}), ("repair", {"result": "램프를 갈았습니다."})):
        assert official.get(work(fault, act)).status_code == 200
        assert official.post(work(fault, act), said)["Location"] == f"/faults/{fault.code}/"
    fault.refresh_from_db()
    assert (fault.state, fault.result, fault.office) == ("repaired", "램프를 갈았습니다.", "도로시설과")


@pytest.mark.parametrize("result", ["", "   ", "...", "가" * 1001])
def test_ac_1_2_repair_needs_a_result_in_words(official, now, result):
    fault = make_fault(at=now)
    official.post(work(fault, "take"))
    assert official.post(work(fault, "repair"), {"result": result}).status_code == 422
    fault.refresh_from_db()
    assert fault.state == "acknowledged"


def test_reject_needs_a_reason_and_names_the_twin(official, now):
    fault, twin = make_fault(at=now), make_fault(at=now)
    shown = text(official.post(work(fault, "reject"), {"note": "이미 접수되었습니다."}), 422)
    assert "이미 접수되었습니다." in shown
    said = {"reason": "duplicate_of", "duplicate_of": "F-2026-999999"}
    assert official.post(work(fault, "reject"), said).status_code == 422
    assert official.post(work(fault, "reject"), said | {"duplicate_of": twin.code.lower()}).status_code == 302
    assert Fault.objects.get(pk=fault.pk).duplicate_of == twin


def test_schedule_says_when_somebody_comes(official, now):
    fault = make_fault(at=now)
    official.post(work(fault, "take"))
    visit = (now.astimezone(SEOUL) + timedelta(days=9)).replace(hour=14, minute=0, second=0, microsecond=0)
    said = {"planned_for": f"{visit:%Y-%m-%dT%H:%M}", "note": "사다리차로 갑니다."}
    assert official.post(work(fault, "schedule"), said).status_code == 302
    fault.refresh_from_db()
    assert (fault.state, fault.planned_for) == ("scheduled", visit)


def test_closing_that_the_light_proposes_is_accepted_on_a_form_with_what_one_saw(official, now):
    fault = open_by_finding(device=make_lamp(), code="lampFailure", at=now)
    assert official.get(work(fault, "resolve")).status_code == 409
    propose_closure(device=fault.device, code="lampFailure", at=now)
    assert work(fault, "resolve") in text(official.get(f"/faults/{fault.code}/"))
    assert "What you saw" in text(official.get(f"/en{work(fault, 'resolve')}"))
    assert "Write what you saw" in text(official.post(f"/en{work(fault, 'resolve')}", {"note": " "}), 422)
    assert official.post(work(fault, "resolve"), {"note": "밤에 보니 켜져 있습니다."}).status_code == 302
    fault.refresh_from_db()
    assert (fault.state, fault.result) == ("resolved", "밤에 보니 켜져 있습니다.")


def test_closing_of_what_nobody_repaired_asks_for_the_picture_of_the_district(official, now):
    fault = open_by_finding(device=make_lamp(), code="lampFailure", at=now)
    propose_closure(device=fault.device, code="lampFailure", at=now)
    ParticipationPolicy.objects.filter(district="11200").update(fault_repair_photos=1)
    said, path = {"note": "밤에 보니 켜져 있습니다."}, f"/en{work(fault, 'resolve')}"
    shown = text(official.post(path, said), 422)
    assert "This district asks for a picture." in shown
    assert said["note"] in shown
    out = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "PNG")
    seen = SimpleUploadedFile("seen.png", out.getvalue(), "image/png")
    assert official.post(path, said | {"photo": seen}).status_code == 302
    shown = text(Client().get(f"/en/faults/{fault.code}/"))
    assert 'alt="Photo of what was seen"' in shown


def test_closing_by_hand_of_a_repaired_light_that_speaks_asks_at_once_what_one_saw(official, now):
    fault = make_repaired(at=now - timedelta(hours=3))
    assert "Note for residents" in text(
        official.get(f"/en{work(fault, 'resolve')}")
    )  # nobody speaks: the repair is told
    DeviceState.objects.filter(device=fault.device).update(observed_at=now)
    assert "What you saw" in text(official.get(f"/en{work(fault, 'resolve')}"))
    assert "Write what you saw" in text(official.post(f"/en{work(fault, 'resolve')}", {}), 422)
    assert official.post(work(fault, "resolve"), {"note": "밤에 보니 켜져 있습니다."}).status_code == 302


def test_visit_to_a_played_light_says_what_time_it_is_there(official, now):
    lamp = make_lamp()
    gateway = Gateway.objects.create(district_id="11200", clock=Clock.SIMULATED, clock_at=NOON + timedelta(days=900))
    DeviceState.objects.filter(device=lamp).update(via=gateway)
    fault, real = make_fault(lamp, at=now), make_fault(at=now)
    for one in (fault, real):
        official.post(work(one, "take"))
    told = "This light lives in a played night: there it is "
    assert f"{told}August 18, 2028 12:00." in text(official.get(f"/en{work(fault, 'schedule')}"))
    tomorrow = (now.astimezone(SEOUL) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    assert told in text(official.post(f"/en{work(fault, 'schedule')}", {"planned_for": tomorrow}), 422)
    assert told not in text(official.get(f"/en{work(real, 'schedule')}"))


def test_closing_against_its_light_is_refused_before_anything_is_written(official, now):
    fault = make_repaired(at=now - timedelta(hours=3))
    DeviceFinding.objects.create(device=fault.device, code="lampFailure", opened_at=now)
    DeviceState.objects.filter(device=fault.device).update(observed_at=now)
    shown = text(official.get(f"/en{work(fault, 'resolve')}"), 409)
    assert "The light itself still says that this is so." in shown
    assert work(fault, "resolve") not in text(official.get(f"/faults/{fault.code}/"))


def test_reopen_goes_on_under_the_same_number(official, now):
    fault = make_repaired(at=now - timedelta(hours=3))
    assert official.post(work(fault, "reopen"), {"note": "다시 꺼졌습니다."}).status_code == 302
    fault.refresh_from_db()
    assert (fault.state, fault.reopened) == ("confirmed", 1)


def test_act_that_does_not_fit_is_refused_with_a_sentence(official, now):
    fault = make_fault(at=now)
    shown = text(official.get(f"/en{work(fault, 'repair')}"), 409)
    assert "Take the fault on first." in shown
    assert official.get(work(fault, "explode")).status_code == 404


def test_form_signed_out_leads_to_sign_in_and_residents_are_refused(now):
    fault, resident = make_fault(at=now), Client()
    assert Client().get(work(fault, "take"))["Location"].startswith("/accounts/login/")
    resident.force_login(make_person())
    assert resident.get(work(fault, "take")).status_code == 403
    assert resident.post(work(fault, "take")).status_code == 403


def test_form_stale_token_keeps_the_words(now):
    fault = make_fault(at=now)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_official())
    browser_words = {"result": "램프와 안정기를 바꾸었습니다."}
    shown = text(browser.post(work(fault, "repair"), browser_words), 403)
    assert "램프와 안정기를 바꾸었습니다." in shown


@pytest.mark.parametrize("planned", ["0001-01-01T00:00", "9999-12-31T23:59", "2020-01-01T00:00"])
def test_visit_in_another_age_is_refused_with_a_sentence(official, now, planned):
    fault = make_fault(at=now)
    official.post(work(fault, "take"))
    shown = text(official.post(work(fault, "schedule"), {"planned_for": planned, "note": "확인하러 갑니다."}), 422)
    assert "확인하러 갑니다." in shown
    assert Fault.objects.get().planned_for is None
