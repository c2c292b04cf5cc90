"""A device's page and its answer to programs: what is so, in words, for whoever looks."""

from datetime import timedelta

import pytest
from django.test import Client

from civic.devices.models import Clock, Device, DeviceFinding, DeviceState, Gateway, Kind, Observation
from civic.devices.queries import readings_of
from tests.answers import text
from tests.counting import cost
from tests.making import NOON, make_fault, make_lamp

pytestmark = pytest.mark.django_db


def page(device, prefix="/en"):
    return text(Client().get(f"{prefix}/devices/{device.tag}/"))


def says(device, power, *, open_codes=(), at=NOON, via=None):
    """What the device said last, as its judge and the ingest leave it."""
    DeviceState.objects.update_or_create(
        device=device,
        defaults={
            "power_state": power,
            "observed_at": at,
            "metrics": {"powerState": [at.isoformat(), "1", power]},
            "switched_at": at - timedelta(hours=5),
            "judged": {"open": list(open_codes)},
            "via": via,
        },
    )


def test_page_names_the_lamp_and_its_place():
    lamp = make_lamp("03-03-18")
    lamp.streetlight.road_address = "서울특별시 성동구 무학로4길 22"
    lamp.streetlight.mounting = "전용주"
    lamp.streetlight.save()
    shown = page(lamp, "")
    assert "무학로4길 22" in shown
    assert "전용주" in shown
    assert lamp.tag.removeprefix("11200-") in shown
    assert "왕십리도선동" in shown


@pytest.mark.parametrize(
    ("power", "codes", "words"),
    [("on", [], "badge-open"), ("off", [], "badge-neutral"), ("on", ["lampFailure"], "badge-late")],
)
def test_page_says_the_state_by_word_shape_and_colour(power, codes, words):
    lamp = make_lamp()
    says(lamp, power, open_codes=codes)
    shown = page(lamp)
    assert words in shown
    assert "<svg" in shown[shown.index(f"badge {words}") :][:200]


def test_page_and_api_say_since_when_it_is_on_and_not_when_it_said_so_last():
    lamp = make_lamp()
    says(lamp, "on", at=NOON)
    assert "On since March 2 07:00" in page(lamp)
    told = Client().get(f"/api/v1/devices/{lamp.tag}").json()
    assert (told["since"], told["heard_at"]) == ((NOON - timedelta(hours=5)).isoformat(), NOON.isoformat())


def test_page_of_a_fault_says_since_when_by_the_finding(now):
    lamp = make_lamp()
    says(lamp, "on", open_codes=["lampFailure"], at=now)
    DeviceFinding.objects.create(device=lamp, code="lampFailure", opened_at=NOON)
    shown = page(lamp)
    assert "Fault since" not in shown
    assert "since March 2 12:00" in shown


def test_page_says_that_its_gateway_brings_nothing(now):
    gateway = Gateway.objects.create(district_id="11200", heard_at=NOON)
    lamp = make_lamp()
    says(lamp, "on", via=gateway)
    assert "Its gateway has brought nothing since March 2 12:00" in page(lamp)
    Gateway.objects.update(heard_at=now)
    assert "Its gateway has brought nothing" not in page(lamp)


def test_page_lamp_under_a_dead_cabinet_names_the_cabinet():
    cabinet = Device.objects.create(tag="11200-C-1", kind=Kind.CABINET, name="C-1", district_id="11200")
    says(cabinet, "", open_codes=["supplyLoss"])
    lamp = make_lamp(parent=cabinet)
    says(lamp, "on")
    shown = page(lamp)
    assert "Its cabinet has no power" in shown
    assert "/en/devices/11200-C-1/" in shown


def test_page_shows_findings_readings_and_faults_newest_first(now):
    lamp = make_lamp()
    says(lamp, "on", at=now)
    DeviceFinding.objects.create(device=lamp, code="lampFailure", opened_at=now - timedelta(hours=2), closed_at=now)
    for n in range(15):
        Observation.objects.create(
            device=lamp, t=now - timedelta(minutes=n), mid=str(n), values={"powerState": "on"}, received_at=now
        )
    fault = make_fault(lamp, at=now)
    shown = page(lamp)
    assert "gives no light" in shown
    assert shown.count('<th scope="row">') == 12
    assert f"/en/faults/{fault.code}/" in shown


def test_reading_of_a_clock_far_ahead_stands_where_it_was_received(now):
    lamp, minute = make_lamp(), timedelta(minutes=1)
    rows = [(now - n * minute, now - n * minute, "") for n in range(5)]
    rows[3] = (now + timedelta(days=36_500), rows[3][1] - minute / 2, "clock")
    for n, (t, received_at, flags) in enumerate(rows):
        lamp.observations.create(t=t, mid=str(n), values={}, received_at=received_at, flags=flags)
    told = [reading.mid for reading in readings_of(lamp, 4)]
    assert told == ["0", "1", "2", "3"]


def test_page_tells_the_rated_power_where_somebody_gave_it():
    lamp = make_lamp()
    assert "Rated power" not in page(lamp)
    Device.objects.filter(pk=lamp.pk).update(rated_power=20)
    assert "20 W" in page(lamp)


@pytest.mark.parametrize(("demo", "linked"), [(True, False), (False, True)])
def test_telephone_of_the_open_data_is_linked_in_a_district_and_not_in_the_demonstration(settings, demo, linked):
    settings.DEMO = demo
    lamp = make_lamp()
    lamp.streetlight.agency, lamp.streetlight.agency_phone = "성동구청", "02-2286-5787"
    lamp.streetlight.save()
    shown = page(lamp)
    assert "02-2286-5787" in shown
    assert ("tel:02-2286-5787" in shown) is linked
    assert ("(from the open data)" in shown) is not linked
    assert ('content="telephone=no"' in shown) is not linked  # or a phone links it by itself


def test_page_played_lamp_shows_the_played_time_with_its_mark():
    gateway = Gateway.objects.create(district_id="11200", clock=Clock.SIMULATED, clock_at=NOON)
    lamp = make_lamp()
    says(lamp, "on", via=gateway)
    shown = page(lamp)
    assert "played night, March 2 12:00" in shown
    assert "A played night of the demonstration" in shown


def test_page_follows_the_device_live():
    lamp = make_lamp()
    shown = page(lamp)
    assert f'data-live-key="device:{lamp.tag}"' in shown
    assert f'data-live-part="/en/devices/{lamp.tag}/"' in shown


def test_page_without_coordinates_says_so_and_draws_no_map():
    lamp = make_lamp()
    Device.objects.filter(pk=lamp.pk).update(lat=None, lon=None)
    shown = page(lamp)
    assert "lamp-map" not in shown
    assert "no coordinates" in shown


@pytest.mark.parametrize("tag", ["11200-99-99-99", "x", "%00", "..", "a" * 300])
def test_page_unknown_tag_leads_on(tag):
    shown = text(Client().get(f"/en/devices/{tag}/"), 404)
    assert 'action="/l/"' in shown or "does not exist" in shown


def test_page_costs_the_same_with_one_and_with_thirty_neighbours(now):
    lamp = make_lamp()
    says(lamp, "on")
    make_fault(lamp, at=now)
    few = cost(lambda: page(lamp))
    for n in range(30):
        other = make_lamp()
        Device.objects.filter(pk=other.pk).update(lat=lamp.lat + n / 100_000, lon=lamp.lon)
        DeviceFinding.objects.create(device=lamp, code="lampFailure", opened_at=now, closed_at=now)
    assert cost(lambda: page(lamp)) == few


def test_api_tells_a_device_to_anybody():
    lamp = make_lamp()
    says(lamp, "on", open_codes=["lampFailure"])
    told = Client().get(f"/api/v1/devices/{lamp.tag}").json()
    assert told["tag"] == lamp.tag
    assert (told["condition"], told["power"], told["findings"]) == ("fault", "on", ["lampFailure"])
    assert (told["district"], told["dong"], told["clock"]) == ("11200", lamp.dong_id, "real")
    assert told["heard_at"] == NOON.isoformat()


def test_api_played_lamp_and_its_cabinet_live_in_the_played_time_and_a_real_one_in_ours(now):
    played = Gateway.objects.create(district_id="11200", clock=Clock.SIMULATED, clock_at=NOON)
    cabinet = Device.objects.create(tag="11200-C-1", kind=Kind.CABINET, name="C-1", district_id="11200")
    lamp, other = make_lamp(parent=cabinet), make_lamp()
    says(lamp, "on", at=NOON, via=played)
    says(other, "on", at=now, via=Gateway.objects.create(district_id="11200", heard_at=now))
    for device, clock in ((lamp, "simulated"), (cabinet, "simulated"), (other, "real")):
        told = Client().get(f"/api/v1/devices/{device.tag}").json()
        assert (told["clock"], told["now"] == NOON.isoformat()) == (clock, clock == "simulated")


def test_api_unknown_device_is_not_found():
    answer = Client().get("/api/v1/devices/11200-99-99-99")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_device")
