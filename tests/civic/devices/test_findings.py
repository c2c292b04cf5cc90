"""Do findings come from readings as the worker judges them: once, by the device's time, one for a cabinet?"""

from datetime import timedelta

import pytest

from civic.devices.actions import import_lights, issue_device_token, take_readings
from civic.devices.actions.circuits import connect_lamps, disconnect_lamps, place_cabinet, set_report_interval
from civic.devices.actions.findings import judge_devices
from civic.devices.models import Device, DeviceFinding, DeviceState, DeviceToken
from civic.devices.official_list import read_list
from civic.devices.reading import Reading
from civic.feed.models import Item
from civic.ledger.models import Entry
from civic.places.models import District
from tests.civic.devices.conftest import HEADER, row
from tests.making import NOON

pytestmark = pytest.mark.django_db

NIGHT, DAY = NOON + timedelta(hours=10), NOON + timedelta(hours=2)  # 22:00 and 14:00 in Seoul
TEN, MINUTE, HOUR = timedelta(minutes=10), timedelta(minutes=1), timedelta(hours=1)
GOOD, DEAD, OFF = ({"powerState": "on", "power": 38}, {"powerState": "on", "power": 0}, {"powerState": "off"})


class Street:
    """Ten lamps of one dong and their gateway."""

    def __init__(self, clock="real"):
        names = [f"01-17-{n:02}" for n in range(10)]
        district = District.objects.get(code="11200")
        text = "\n".join([HEADER, *map(row, names)])
        import_lights(district=district, listed=read_list(text.encode()), at=NOON)
        issue_device_token(district=district, clock=clock, at=NOON)
        self.token = DeviceToken.objects.select_related("gateway").get()
        self.tags = [f"11200-{name}" for name in names]
        Device.objects.update(report_interval=600)

    def say(self, t, values, tags=None, at=None):
        """Every lamp, or these, says so at `t`; then the worker looks."""
        readings = [Reading(tag, t.isoformat(), t, values) for tag in tags or self.tags]
        take_readings(by=self.token, readings=list(enumerate(readings)), at=at or t)
        return judge_devices(at=at or t)


def open_now():
    return sorted(DeviceFinding.objects.filter(closed_at=None).values_list("device__tag", "code"))


@pytest.fixture
def street():
    return Street()


def test_dead_lamp_is_found_once_and_healed_by_a_good_reading(street):
    one = street.tags[:1]
    moved = [street.say(NIGHT + n * TEN, values, one) for n, values in enumerate([GOOD, DEAD, DEAD, DEAD, GOOD])]
    assert moved == [0, 0, 1, 0, 1]
    finding = DeviceFinding.objects.get()
    assert (finding.code, finding.opened_at, finding.closed_at) == ("lampFailure", NIGHT + 2 * TEN, NIGHT + 4 * TEN)
    facts = Entry.objects.filter(key=f"device:{one[0]}").order_by("pk").values_list("fact", "at", "data")
    assert [tuple(fact) for fact in facts] == [
        ("FindingOpened", NIGHT + 2 * TEN, {"code": "lampFailure"}),
        ("FindingClosed", NIGHT + 4 * TEN, {"code": "lampFailure"}),
    ]
    states = Item.objects.filter(key=f"device:{one[0]}").order_by("pk").values_list("kind", "state__findings")
    assert list(states) == [("DeviceSwitched", []), ("FindingOpened", ["lampFailure"]), ("FindingClosed", [])]


def test_silent_lamp_is_offline_once_and_back_after_two_beats(street):
    street.say(NIGHT, GOOD)
    well = street.tags[1:]
    for n in range(1, 5):
        street.say(NIGHT + n * TEN, GOOD, well)
    assert open_now() == [(street.tags[0], "communicationFailure")]
    assert judge_devices(at=NIGHT + 4 * TEN) == 0
    assert [street.say(NIGHT + n * TEN, GOOD) for n in (5, 6)] == [0, 1]
    assert open_now() == []


def test_lamp_without_an_interval_is_never_offline(street):
    Device.objects.update(report_interval=None)
    street.say(NIGHT, GOOD)
    assert judge_devices(at=NIGHT + timedelta(days=30)) == 0


def test_cabinet_that_dies_is_one_finding_on_the_parent(street):
    cabinet = Device.objects.create(tag="11200-cabinet-1", kind="StreetlightControlCabinet", district_id="11200")
    Device.objects.filter(tag__in=street.tags[:6]).update(parent=cabinet)
    street.say(NIGHT, GOOD)
    for n in range(1, 12):
        street.say(NIGHT + n * TEN, GOOD, street.tags[6:])
    assert open_now() == [("11200-cabinet-1", "supplyLoss")]
    for n in range(12, 15):
        street.say(NIGHT + n * TEN, GOOD)
    assert open_now() == []
    assert DeviceFinding.objects.count() == 1


def test_cabinet_whose_lamps_say_that_they_are_dark_is_one_finding(street):
    cabinet = Device.objects.create(tag="11200-cabinet-1", kind="StreetlightControlCabinet", district_id="11200")
    Device.objects.filter(tag__in=street.tags[:6]).update(parent=cabinet)
    for n in range(5):
        street.say(NIGHT + n * TEN, OFF, street.tags[:6])
    assert open_now() == [("11200-cabinet-1", "supplyLoss")]


def test_day_burner_is_found_and_a_storm_is_not(street):
    street.say(DAY, OFF)
    for n in range(5):
        street.say(DAY + n * TEN + TEN, GOOD)
    assert open_now() == []
    street.say(DAY + 6 * TEN, OFF)
    for n in range(7, 11):
        street.say(DAY + n * TEN, OFF, street.tags[1:])
        street.say(DAY + n * TEN, GOOD, street.tags[:1])
    assert open_now() == [(street.tags[0], "lampUnexpectedOn")]


def test_findings_of_a_simulated_gateway_carry_its_time():
    street, later = Street("simulated"), NIGHT + timedelta(days=30)
    for n in range(3):
        street.say(later + n * TEN, DEAD, street.tags[:1], at=NOON)
        street.say(later + n * TEN, GOOD, street.tags[1:9], at=NOON)
    assert open_now() == [(street.tags[0], "lampFailure")]
    assert Entry.objects.get(fact="FindingOpened").at == later + TEN
    for n in range(3, 7):
        street.say(later + n * TEN, GOOD, street.tags[1:], at=NOON)
    assert (street.tags[0], "communicationFailure") in open_now()


def test_lamp_whose_dong_nobody_knows_has_the_district_for_its_weather(street):
    Device.objects.filter(tag=street.tags[0]).update(dong=None, report_interval=None)
    street.say(DAY, OFF)
    for n in range(1, 5):
        street.say(DAY + n * TEN, GOOD, street.tags if n == 1 else street.tags[1:])
    assert open_now() == []
    street.say(DAY + 5 * TEN, OFF, street.tags[1:])
    for n in range(6, 9):
        street.say(DAY + n * TEN, OFF, street.tags[1:])
    assert open_now() == [(street.tags[0], "lampUnexpectedOn")]


def test_state_that_cannot_be_read_holds_up_nobody_else(street, caplog):
    broken, well = street.tags[4], [tag for n, tag in enumerate(street.tags) if n != 4]
    street.say(NIGHT, GOOD)
    DeviceState.objects.filter(device__tag=broken).update(judged={"seen_at": "never"})
    for n in range(1, 4):
        street.say(NIGHT + n * TEN, DEAD)
    assert open_now() == [(tag, "lampFailure") for tag in well]
    assert "cannot be judged" in caplog.text
    DeviceState.objects.filter(device__tag=broken).update(judged={})
    judge_devices(at=NIGHT + 3 * TEN)
    assert (broken, "lampFailure") in open_now()


def test_circuit_that_cannot_be_read_holds_up_no_other(street):
    for n in range(2):
        box = Device.objects.create(tag=f"11200-box-{n}", kind="StreetlightControlCabinet", district_id="11200")
        Device.objects.filter(tag__in=street.tags[5 * n : 5 * n + 5]).update(parent=box)
        DeviceState.objects.create(device=box, judged={} if n else {"looked_at": "never"})
    for n in range(4):
        street.say(NIGHT + n * TEN, DEAD)
    assert open_now() == [(tag, "lampFailure") for tag in street.tags[5:]]


def test_findings_of_a_lamp_that_was_taken_down_end(street):
    for n in range(4):
        street.say(NIGHT + n * TEN, DEAD, street.tags[:1])
    Device.objects.filter(tag=street.tags[0]).update(retired_at=NIGHT + 3 * TEN)
    assert [judge_devices(at=NIGHT + HOUR) for _n in range(2)] == [1, 0]
    assert DeviceFinding.objects.get().closed_at == NIGHT + HOUR
    assert Item.objects.filter(kind="FindingClosed").get().state["findings"] == []


def test_findings_of_a_circuits_lamp_that_was_taken_down_end(street):
    box = Device.objects.create(tag="11200-box-1", kind="StreetlightControlCabinet", district_id="11200")
    Device.objects.filter(tag__in=street.tags).update(parent=box)
    for n in range(4):
        street.say(NIGHT + n * TEN, DEAD, street.tags[:1])
        street.say(NIGHT + n * TEN, GOOD, street.tags[1:])
    Device.objects.filter(tag=street.tags[0]).update(retired_at=NIGHT + 3 * TEN)
    assert [judge_devices(at=NIGHT + 40 * MINUTE) for _n in range(2)] == [1, 0]


def test_cabinet_that_was_lost_and_loses_its_lamps_is_well_again(street):
    place = {"district": District.objects.get(code="11200"), "tag": "11200-box-9", "name": "분전함"}
    cabinet = place_cabinet(by=None, at=NOON, **place)
    lamps = Device.objects.filter(tag__in=street.tags[:6])
    connect_lamps(by=None, cabinet=cabinet, lamps=lamps, at=NOON)
    for n in range(4):
        street.say(NIGHT + n * TEN, OFF, street.tags[:6])
    assert open_now() == [("11200-box-9", "supplyLoss")]
    disconnect_lamps(by=None, district=place["district"], lamps=lamps, at=NIGHT + HOUR)
    judge_devices(at=NIGHT + HOUR)
    assert ("11200-box-9", "supplyLoss") not in open_now()


def test_lamp_that_was_silent_and_owes_no_reports_any_more_is_back_with_its_next_word(street):
    street.say(NIGHT, GOOD)
    for n in range(1, 5):
        street.say(NIGHT + n * TEN, GOOD, street.tags[1:])
    one = Device.objects.filter(tag=street.tags[0])
    set_report_interval(by=None, district=one.get().district, devices=one, seconds=None, at=NIGHT + HOUR)
    assert open_now() == [(street.tags[0], "communicationFailure")]
    street.say(NIGHT + 8 * HOUR, GOOD, street.tags[:1])
    assert open_now() == []


def test_readings_judged_late_all_at_once_find_the_same(street):
    for n, values in enumerate([GOOD, DEAD, DEAD]):
        t = NIGHT + n * TEN
        readings = [(0, Reading(street.tags[0], str(n), t, values))]
        take_readings(by=street.token, readings=readings, at=t)
    assert judge_devices(at=NIGHT + 2 * TEN) == 1
    assert judge_devices(at=NIGHT + 2 * TEN) == 0


def test_reading_a_little_ahead_of_the_clock_is_heard_when_its_time_has_come(street):
    cabinet = place_cabinet(
        by=None, district=District.objects.get(code="11200"), tag="11200-box-9", name="분전함", at=NOON
    )
    connect_lamps(by=None, cabinet=cabinet, lamps=Device.objects.filter(tag__in=street.tags), at=NOON)
    street.say(NIGHT, GOOD)
    street.say(NIGHT + timedelta(minutes=2), GOOD, at=NIGHT + timedelta(minutes=1))  # no clock is that exact
    assert DeviceState.objects.filter(waiting=True).count() == len(street.tags)
    judge_devices(at=NIGHT + timedelta(minutes=3))
    assert set(DeviceState.objects.filter(device__parent=cabinet).values_list("waiting", "heard_at")) == {
        (False, NIGHT + timedelta(minutes=2))
    }


@pytest.mark.parametrize("mids", ["ab", "ba"])
@pytest.mark.parametrize("turned", [False, True])
def test_judge_and_page_agree_on_what_a_clock_far_ahead_said_last_in_one_batch(street, mids, turned):
    said = [
        Reading(street.tags[0], mid, NIGHT + HOUR + n * MINUTE, {"powerState": power})
        for n, (mid, power) in enumerate(zip(mids, ("off", "on"), strict=True))
    ]
    take_readings(by=street.token, readings=list(enumerate(said[::-1] if turned else said)), at=NIGHT)
    judge_devices(at=NIGHT)
    state = DeviceState.objects.get(device__tag=street.tags[0])
    assert (state.power_state, state.heard_power, state.judged["since"]) == ("on", "on", {})


def test_what_a_lamp_says_of_one_moment_in_two_messages_is_heard_as_one(street):
    for n in range(3):
        t = NIGHT + n * TEN
        parts = [{"powerState": "on"}, {"powerConsumption": 0}]
        said = [(k, Reading(street.tags[0], str(k), t, values)) for k, values in enumerate(parts)]
        take_readings(by=street.token, readings=said, at=t)
        judge_devices(at=t)
    assert open_now() == [(street.tags[0], "lampFailure")]
