"""How long are readings kept, and what is a batch answered that is sent again under its key?"""

from datetime import timedelta

import pytest
from django.test import Client

from civic.clocks.now import database_now
from civic.devices.actions import import_lights, issue_device_token, take_readings
from civic.devices.actions.findings import judge_devices
from civic.devices.actions.keeping import KEPT, KEPT_OF_A_PLAY, RECEIPTS_KEPT, forget_readings
from civic.devices.models import DeviceReceipt, DeviceState, DeviceToken, Observation
from civic.devices.official_list import read_list
from civic.devices.reading import Reading
from civic.devices.unheard import unheard
from civic.places.models import District
from tests.civic.devices.conftest import HEADER, row
from tests.making import NOON

pytestmark = pytest.mark.django_db

ONE, TWO = "11200-01-17-01", "11200-01-17-02"
HOUR = timedelta(hours=1)


@pytest.fixture
def seongdong():
    text = "\n".join([HEADER, row("01-17-01"), row("01-17-02")])
    district = District.objects.get(code="11200")
    import_lights(district=district, listed=read_list(text.encode()), at=NOON)
    return district


def gateway(district, clock="real"):
    raw = issue_device_token(district=district, clock=clock, at=NOON)
    return raw, DeviceToken.objects.select_related("gateway").latest("pk")


def say(token, tag, t):
    reading = Reading(tag, t.isoformat(), t, {"powerState": "on"})
    take_readings(by=token, readings=[(0, reading)], at=t)


def test_raw_readings_go_after_thirty_days_and_the_state_stays(seongdong):
    _raw, token = gateway(seongdong)
    for t in (NOON, NOON + HOUR, NOON + 2 * HOUR):
        say(token, ONE, t)
    assert forget_readings(at=NOON + KEPT) == 0
    assert forget_readings(at=NOON + KEPT + HOUR + timedelta(seconds=1)) == 2
    assert Observation.objects.get().t == NOON + 2 * HOUR
    assert DeviceState.objects.get(device__tag=ONE).power_state == "on"


def test_reading_dated_far_ahead_is_heard_once_and_goes_by_its_receipt(seongdong):
    _raw, token = gateway(seongdong)
    ahead = Reading(ONE, "1", NOON + timedelta(days=30_000), {"powerState": "on"})
    take_readings(by=token, readings=[(0, ahead)], at=NOON)
    judge_devices(at=NOON + HOUR)
    say(token, ONE, NOON + HOUR)
    state = DeviceState.objects.get(device__tag=ONE)
    assert [t for t, _values in unheard([state])[state.pk]] == [NOON + HOUR]
    assert forget_readings(at=NOON + KEPT) == 0
    assert forget_readings(at=NOON + KEPT + timedelta(seconds=1)) == 1
    assert Observation.objects.get().t == NOON + HOUR


def test_conflict_does_not_make_a_wrong_clock_right(seongdong):
    _raw, token = gateway(seongdong)
    for power in ("on", "off"):
        ahead = Reading(ONE, "1", NOON + timedelta(days=30_000), {"powerState": power})
        take_readings(by=token, readings=[(0, ahead)], at=NOON)
    assert Observation.objects.get().flags == "clock conflict"
    assert Observation.objects.get().said_at == NOON


def test_readings_of_a_play_go_by_its_own_clock(seongdong):
    real, played = gateway(seongdong)[1], gateway(seongdong, "simulated")[1]
    say(real, ONE, NOON)
    for t in (NOON, NOON + HOUR, NOON + HOUR + KEPT_OF_A_PLAY):
        say(played, TWO, t)
    assert forget_readings(at=NOON) == 1
    assert forget_readings(at=NOON) == 0
    assert Observation.objects.filter(device__tag=ONE).count() == 1


def post(raw, key, seconds=0):
    item = {"device": ONE, "mid": "1", "t": (NOON + timedelta(seconds=seconds)).isoformat()}
    headers = {"Authorization": f"Bearer {raw}", "Idempotency-Key": key}
    body = [item | {"v": {"powerState": "on"}}]
    return Client().post("/ingest/v1/observations", body, content_type="application/json", headers=headers)


def test_batch_sent_again_under_its_key_is_answered_as_before(seongdong):
    raw, _token = gateway(seongdong)
    first, again, other = post(raw, "a"), post(raw, "a"), post(raw, "b")
    assert (first.status_code, first.json()["accepted"]) == (202, 1)
    assert (again.status_code, again.json()) == (202, first.json())
    assert other.json()["duplicate"] == 1


def test_key_of_another_batch_or_too_long_a_key_is_refused(seongdong):
    raw, _token = gateway(seongdong)
    post(raw, "a")
    answers = [post(raw, "a", seconds=7), post(raw, "x" * 121)]
    codes = [(answer.status_code, answer.json()["code"]) for answer in answers]
    assert codes == [(422, "idempotency_mismatch"), (422, "idempotency_key_length")]
    assert Observation.objects.count() == 1


def test_key_is_the_gateways_own(seongdong):
    post(gateway(seongdong)[0], "a")
    assert post(gateway(seongdong)[0], "a").json()["duplicate"] == 1


def test_kept_answers_go_after_a_day(seongdong):
    post(gateway(seongdong)[0], "a")
    assert forget_readings(at=NOON + KEPT) == 0
    assert forget_readings(at=database_now() + RECEIPTS_KEPT + HOUR) == 2
    assert not DeviceReceipt.objects.exists()


def test_simulated_gateway_is_a_stranger_in_production(seongdong, settings):
    raw, _token = gateway(seongdong, "simulated")
    assert post(raw, "a").status_code == 202
    settings.DEMO = False
    assert post(raw, "b").status_code == 401
