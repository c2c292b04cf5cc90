"""Do programs and telephones report, join, take on and repair with the shapes that the site promises?"""

import json
from datetime import timedelta

import pytest
from django.test import Client

from civic.devices.models import Device
from civic.faults.actions import schedule_fault, take_fault
from civic.faults.limits import MOST
from civic.faults.models import Fault, Report
from civic.faults.queries import report_by_key
from civic.people.actions import issue_token
from civic.policies.models import ParticipationPolicy
from tests.making import NOON, make_fault, make_lamp, make_official, make_person, make_repaired

pytestmark = pytest.mark.django_db
HERE = {"lon": 127.0277, "lat": 37.5615}


def post(path, body=None, person=None, client=None, **headers):
    if person:
        token = issue_token(by=person, person=person, label="test", at=NOON)
        headers["authorization"] = f"Bearer {token}"
    answer = (client or Client()).post(f"/api/v1/{path}", body or {}, "application/json", headers=headers)
    return answer.status_code, answer.json()


def report(person=None, lamp=None, **more):
    headers = {"idempotency-key": more.pop("once")} if "once" in more else {}
    return post("faults", {"device": (lamp or make_lamp()).tag, "category": "dark"} | more, person, **headers)


def test_guest_reports_and_gets_number_and_key():
    status, made = report(text="깜깜해요", email="guest@example.org")
    assert (status, set(made)) == (201, {"code", "key"})
    assert report_by_key(made["key"]).fault.code == made["code"]


def test_person_reports_with_a_token_and_with_a_session():
    person, client = make_person(), Client(enforce_csrf_checks=True)
    assert report(person)[0] == 201
    assert Report.objects.get().person == person
    client.force_login(person)
    status, why = post("faults", {"device": make_lamp().tag, "category": "dark"}, client=client)
    assert (status, why["code"]) == (403, "csrf")


def test_second_report_joins_and_me_too_counts_once():
    lamp = make_lamp()
    _status, first = report(lamp=lamp)
    _status, second = report(lamp=lamp)
    assert first["code"] == second["code"]
    person = make_person()
    path = f"faults/{first['code']}/me-too"
    status, joined = post(path, person=person)
    assert (status, joined["reports"], joined["state"]) == (200, 3, "confirmed")
    assert post(path, person=person)[1]["code"] == "already_reported"
    status, why = post(path, {"key": first["key"]})
    assert (status, why["code"]) == (409, "already_reported")


def test_me_too_after_a_repair_names_the_other_way_and_not_mended_brings_it_back():
    person = make_person()
    fault = make_repaired(by=person)
    status, why = post(f"faults/{fault.code}/me-too")
    assert (status, why["code"]) == (409, "repaired")
    status, said = post(f"faults/{fault.code}/not-mended", {"text": "아직 어둡습니다."}, person=person)
    assert (status, said["state"], said["reports"]) == (200, "confirmed", 1)
    assert post(f"faults/{fault.code}/not-mended", person=person)[1]["code"] == "not_repaired"


def test_report_at_a_point_needs_no_device():
    status, made = post("faults", {"lon": 127.0277, "lat": 37.5615, "category": "wire"})
    assert (status, Fault.objects.get(code=made["code"]).dong.district_id) == (201, "11200")


def lamps_apart(metres, number):
    """Lamps in a row northwards from where the tests stand."""
    lamps = [make_lamp() for _n in range(number)]
    for n, lamp in enumerate(lamps):
        Device.objects.filter(pk=lamp.pk).update(lat=HERE["lat"] + n * metres / 111_320, lon=HERE["lon"])
    return lamps


def test_report_at_a_point_beside_one_lamp_is_that_lamps_and_joins_what_is_known_of_it():
    lamp, *_others = lamps_apart(30, 3)
    known = make_fault(lamp)
    status, made = post("faults", HERE | {"category": "dark"})
    assert (status, set(made), made["code"], made["device"]) == (201, {"code", "key", "device"}, known.code, lamp.tag)
    status, made = post("faults", HERE | {"category": "wire", "not_a_lamp": True})
    assert (status, set(made)) == (201, {"code", "key"})
    assert list(Fault.objects.order_by("pk").values_list("device", flat=True)) == [lamp.pk, None]


def test_report_at_a_point_beside_many_lamps_is_taken_there_and_the_answer_names_them():
    lamps = lamps_apart(4, 5)
    status, made = post("faults", HERE | {"category": "dark"})
    assert (status, made["near"]) == (201, [lamp.tag for lamp in lamps[:3]])
    assert Fault.objects.get(code=made["code"]).device is None
    status, made = post("faults", HERE | {"category": "dark", "device": lamps[2].tag})
    assert (status, Fault.objects.get(code=made["code"]).device) == (201, lamps[2])


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({"category": "dark"}, 422, "no_place", "device"),
        ({"category": "dark", "device": "nothing"}, 404, "unknown_device", "device"),
        ({"category": "dark", "lon": 127.0}, 422, "no_point", "lat"),
        ({"category": "dark", "lon": 127.0, "lat": 95}, 422, "invalid", "lat"),
        ({"category": "dark", "lon": 129.0, "lat": 35.0}, 422, "outside", "lon"),
        ({"category": "불법주정차", "lon": 127.0277, "lat": 37.5615}, 422, "unknown_category", "category"),
        ({"device": "x"}, 422, "invalid", "category"),
    ],
)
def test_what_does_not_fit_says_which_field(body, status, code, field):
    got, why = post("faults", body)
    assert (got, why["code"], why["field"]) == (status, code, field)
    assert why["text"]
    assert not Fault.objects.exists()


@pytest.mark.parametrize("what", ["\\ud800", "\\u0000", "a\\\\\\u0000"])
@pytest.mark.parametrize("field", ["device", "category", "text", "email", "key"])
def test_text_that_no_database_keeps_is_refused_with_a_sentence(field, what):
    fault = make_fault()
    for path in ("faults", f"faults/{fault.code}/me-too"):
        sent = f'{{"device": "{fault.device.tag}", "category": "dark", "{field}": "{what}"}}'
        answer = Client().post(f"/api/v1/{path}", sent, "application/json")
        told = answer.json()
        assert (answer.status_code, told["code"], told["field"]) == (422, "unwritable", field)
        assert told["text"]
    assert Report.objects.count() == 1


def test_text_that_only_writes_of_such_a_character_is_taken():
    assert report(text="\\u0000 \\ud800 😀")[0] == 201


def test_report_repeated_under_one_idempotency_key_gets_the_same_answer_and_keeps_no_key():
    lamp, person = make_lamp(), make_person()
    guest = [report(lamp=lamp, once="abc") for _n in range(2)]
    assert guest[0] == guest[1]
    token = issue_token(by=person, person=person, label="test", at=NOON)
    sent = {"authorization": f"Bearer {token}", "idempotency-key": "abc"}
    signed = [post("faults", {"device": lamp.tag, "category": "dark"}, **sent) for _n in range(2)]
    assert signed[0] == signed[1]
    assert signed[0][0] == 201
    assert report_by_key(signed[0][1]["key"]).person == person
    assert Fault.objects.get().reports == 2
    status, why = post("faults", {"device": lamp.tag, "category": "broken"}, **sent)
    assert (status, why["code"]) == (422, "idempotency_mismatch")


def test_official_takes_and_repairs():
    official, fault = make_official(), make_fault()
    status, moved = post(f"faults/{fault.code}/take", person=official)
    assert (status, moved["state"], moved["repaired_at"]) == (200, "acknowledged", None)
    assert moved["due_at"] == fault.repair_due_at.isoformat()
    status, moved = post(f"faults/{fault.code}/repair", {"result": "램프를 갈았습니다."}, official)
    assert (status, moved["state"], moved["due_at"]) == (200, "repaired", None)
    assert moved["hours"] > 0


def test_repair_that_needs_a_picture_names_the_page_that_takes_one():
    official, fault = make_official(), make_fault()
    ParticipationPolicy.objects.filter(district="11200").update(fault_repair_photos=1)
    take_fault(by=official, fault=fault, at=NOON)
    status, why = post(f"faults/{fault.code}/repair", {"result": "램프를 갈았습니다."}, official)
    assert (status, why["code"], why["field"]) == (422, "photo_needed", "photo")
    assert f"/faults/{fault.code}/acts/repair/" in why["text"]


def test_only_officials_work_and_only_on_faults_that_are():
    fault, resident = make_fault(), make_person()
    assert post(f"faults/{fault.code}/take")[0] == 401
    assert post(f"faults/{fault.code}/take", person=resident)[0] == 403
    assert post(f"faults/{fault.code}/take", person=make_official("11530"))[1]["code"] == "role_elsewhere"
    official = make_official()
    assert post(f"faults/{fault.code}/repair", {"result": "고쳤습니다"}, official)[1]["code"] == "not_taken"
    assert post("faults/F-2026-999999/take", person=official)[0] == 404
    assert post("faults/nothing/me-too")[0] == 404


def test_everybody_reads_a_fault_and_nobody_its_reporters():
    fault = make_fault()
    answer = Client().get(f"/api/v1/faults/{fault.code}")
    told = answer.json()
    assert answer.status_code == 200
    assert (told["state"], told["reports"], told["device"]) == ("suspected", 1, fault.device.tag)
    assert "person" not in json.dumps(told)
    assert (told["planned_for"], told["office"], told["official"]) == (None, "도로시설과 도로조명팀", "")
    assert told["phone"] == fault.department.phone
    assert Client().get("/api/v1/faults/F-1").status_code == 404


def test_everybody_reads_when_somebody_comes_and_who_stands_for_it():
    official, fault = make_official(), make_fault()
    take_fault(by=official, fault=fault, at=NOON)
    schedule_fault(by=official, fault=fault, planned_for=NOON + timedelta(days=1), at=NOON)
    told = Client().get(f"/api/v1/faults/{fault.code}").json()
    grant = official.grants.get()
    assert told["planned_for"] == (NOON + timedelta(days=1)).isoformat()
    assert (told["office"], told["official"], told["phone"]) == (grant.office, grant.signature, grant.phone)


def test_unknown_token_is_no_guest():
    status, why = post("faults", {"device": make_lamp().tag, "category": "dark"}, authorization="Bearer nobody")
    assert (status, why["code"]) == (401, "sign_in")


def test_guests_of_one_network_are_held_back_and_accounts_beside_them_are_not():
    fault = make_fault()
    for _n in range(MOST):
        post(f"faults/{fault.code}/me-too", {"email": "no address"})
    status, why = post(f"faults/{fault.code}/me-too")
    assert (status, why["code"]) == (429, "too_often")
    assert post(f"faults/{fault.code}/me-too", person=make_person())[0] == 200


def test_account_that_writes_without_end_is_held_back_on_every_way():
    fault, person, client = make_fault(), make_person(), Client()
    client.force_login(person)
    for _n in range(MOST):
        client.post(f"/faults/{fault.code}/me-too/", {"email": ""})
    status, why = post(f"faults/{fault.code}/me-too", person=person)
    assert (status, why["code"]) == (429, "too_often")
    assert client.post(f"/faults/{make_fault().code}/me-too/", {}).status_code == 429
    assert client.post(f"/l/{make_lamp().tag}/", {"category": "dark"}).status_code == 429
    assert Report.objects.filter(person=person).count() == 1


def test_answer_names_the_page_of_whoever_reported():
    body = {"device": make_lamp().tag, "category": "dark"}
    answer = Client().post("/api/v1/faults", body, "application/json")
    assert answer["Location"] == f"/faults/mine/{answer.json()['key']}/"
    assert Client().get(answer["Location"]).status_code == 200
    assert "Location" not in Client().post("/api/v1/faults", {"category": "dark"}, "application/json")
