"""Does silence count only while we listen? A gateway, a network or our own server that is away makes no lamp broken."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from civic.devices.actions import connect_lamps, issue_device_token, place_cabinet, take_readings
from civic.devices.actions.findings import judge_devices
from civic.devices.hearing import silent_gateways, silent_since
from civic.devices.models import Device, DeviceState, DeviceToken, Gateway
from civic.devices.queries import still_wrong
from civic.devices.reading import Reading
from civic.places.models import District
from civic.reactions.sweeps import AWAKE, find_faults
from tests.civic.devices.test_findings import DEAD, GOOD, NIGHT, OFF, TEN, Street, open_now

pytestmark = pytest.mark.django_db

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def street():
    return Street()


@pytest.fixture
def circuit(street):
    """The first six lamps of the street hang on a cabinet."""
    place = {"district": District.objects.get(code="11200"), "tag": "11200-box-1", "name": "분전함"}
    cabinet = place_cabinet(by=None, at=NIGHT, **place)
    connect_lamps(by=None, cabinet=cabinet, lamps=Device.objects.filter(tag__in=street.tags[:6]), at=NIGHT)
    return cabinet


def looked_at(begin, end, every=5 * MINUTE):
    return sum(judge_devices(at=begin + n * every) for n in range((end - begin) // every + 1))


def test_gateway_away_for_three_hours_opens_nothing_nor_does_its_flush_in_any_order(street, circuit):
    for n in range(3):
        street.say(NIGHT + n * TEN, GOOD)
    away = NIGHT + 2 * TEN
    assert looked_at(away, away + 3 * HOUR) == 0
    back = away + 3 * HOUR
    for tag in street.tags:  # lamp by lamp: the others are silent still when the first is whole again
        said = [(n, Reading(tag, f"b{n}", away + (n + 1) * TEN, GOOD)) for n in range(18)]
        take_readings(by=street.token, readings=said, at=back)
        assert judge_devices(at=back) == 0
    assert looked_at(back, back + HOUR) == 0


def test_lamp_and_cabinet_that_died_meanwhile_are_found_a_whole_grace_after_the_gateways_return(street, circuit):
    street.say(NIGHT, GOOD)
    back = NIGHT + 3 * HOUR
    for n in range(3):
        street.say(back + n * TEN, GOOD, street.tags[6:9])
    assert open_now() == []
    for n in range(3, 6):
        street.say(back + n * TEN, GOOD, street.tags[6:9])
    assert open_now() == [(street.tags[9], "communicationFailure"), ("11200-box-1", "supplyLoss")]


def test_pause_of_a_gateway_that_bundles_two_reports_is_no_break_and_a_longer_one_is(street):
    street.say(NIGHT, GOOD)
    for pause, since in ((2 * TEN, NIGHT), (2 * TEN + MINUTE, NIGHT + 4 * TEN + MINUTE)):
        street.say(Gateway.objects.get().heard_at + pause, GOOD)
        assert Gateway.objects.get().steady_since == since


def test_one_lamp_silent_while_its_gateway_speaks_is_found_in_time(street):
    street.say(NIGHT, GOOD)
    for n in range(1, 4):
        street.say(NIGHT + n * TEN, GOOD, street.tags[1:])
    street.say(NIGHT + 32 * MINUTE, GOOD, street.tags[1:])
    assert open_now() == [(street.tags[0], "communicationFailure")]


def own_word(tag, t):
    """The lamp speaks for itself, with its own key."""
    issue_device_token(device=Device.objects.get(tag=tag), at=NIGHT)
    token = DeviceToken.objects.select_related("device").latest("pk")
    take_readings(by=token, readings=[(0, Reading(tag, str(t), t, GOOD))], at=t)


def test_lamp_that_speaks_for_itself_is_found_by_the_clock_and_not_after_a_pause_of_ours(street):
    cache.delete(AWAKE)
    own_word(street.tags[0], NIGHT)
    find_faults(NIGHT)
    for n in range(1, 180):  # the worker is away for three hours, then looks each minute
        find_faults(NIGHT + 3 * HOUR + n * MINUTE)
        if open_now():
            break
    assert (n, open_now()) == (33, [(street.tags[0], "communicationFailure")])


def test_word_that_stands_is_judged_at_a_sweep_and_cleared_by_the_next_good_night(street):
    Device.objects.update(report_interval=None)
    one = street.tags[:1]
    street.say(NIGHT, GOOD)
    street.say(NIGHT + HOUR, OFF, one)
    for n in range(1, 4):
        street.say(NIGHT + HOUR + n * TEN, {"battery": 1}, street.tags[1:2])  # its gateway speaks on
    assert open_now() == [(one[0], "switchingErrorOn")]
    dusk = NIGHT + 24 * HOUR - 210 * MINUTE
    street.say(dusk, GOOD)
    assert open_now() == [(one[0], "switchingErrorOn")]
    street.say(dusk + 2 * HOUR, {"battery": 1}, street.tags[1:2])
    assert open_now() == []
    assert not DeviceState.objects.filter(look_at__isnull=False).exists()


def test_cabinet_of_thirty_lamps_of_which_ten_report_is_one_finding(street, circuit):
    lamps = [Device(tag=f"11200-e-{n}", district_id="11200", dong=circuit.dong, parent=circuit) for n in range(20)]
    Device.objects.bulk_create(lamps)
    street.say(NIGHT, GOOD, [*street.tags, *(lamp.tag for lamp in lamps)])
    for n in range(1, 8):
        street.say(NIGHT + n * TEN, GOOD, street.tags[6:])
    assert open_now() == [("11200-box-1", "supplyLoss")]


def test_silent_gateway_is_told_by_itself_as_long_as_it_has_a_key(street):
    street.say(NIGHT, GOOD)
    state = DeviceState.objects.select_related("via").filter(device__tag=street.tags[0]).get()
    assert silent_gateways(NIGHT + 31 * MINUTE) == []
    assert [gateway.heard_at for gateway in silent_gateways(NIGHT + 32 * MINUTE)] == [NIGHT]
    assert silent_since(state, 600, NIGHT + 31 * MINUTE) is None
    assert silent_since(state, 600, NIGHT + 32 * MINUTE) == NIGHT
    assert silent_since(state, None, NIGHT + 25 * HOUR) is None
    DeviceToken.objects.update(revoked_at=NIGHT)
    assert silent_gateways(NIGHT + HOUR) == []


def test_gateway_that_plays_a_night_is_never_silent():
    street = Street("simulated")
    street.say(NIGHT, GOOD)
    assert (silent_gateways(NIGHT + 90 * HOUR), Gateway.objects.get().heard_at) == ([], None)


@pytest.mark.parametrize(("values", "code"), [(DEAD, "lampFailure"), (OFF, "switchingErrorOn")])
def test_still_wrong_after_a_repair_asks_for_the_rules_span_anew(street, values, code):
    lamp, wrong = Device.objects.get(tag=street.tags[0]), [code]
    for n in range(4):
        street.say(NIGHT + n * TEN, values, street.tags[:1])
    repaired = NIGHT + 30 * MINUTE
    assert still_wrong(fresh(lamp), wrong, repaired, repaired) is None
    assert still_wrong(fresh(lamp), wrong, NIGHT, repaired) == repaired
    for n in range(4, 6):
        street.say(NIGHT + n * TEN, values, street.tags[:1])
    assert still_wrong(fresh(lamp), wrong, repaired, NIGHT + HOUR) == NIGHT + 50 * MINUTE
    assert still_wrong(fresh(lamp), ["lampUnexpectedOn"], repaired, NIGHT + HOUR) is None
    street.say(NIGHT + 6 * TEN, GOOD, street.tags[:1])
    assert still_wrong(fresh(lamp), wrong, repaired, NIGHT + HOUR) is None


def test_still_silent_after_a_repair_counts_while_the_gateway_speaks(street, circuit):
    street.say(NIGHT, GOOD)
    for n in range(1, 6):
        street.say(NIGHT + n * TEN, GOOD, street.tags[6:9])
    repaired = NIGHT + 5 * TEN
    both = [(Device.objects.get(tag=street.tags[9]), "communicationFailure"), (circuit, "supplyLoss")]
    moments = lambda: [still_wrong(fresh(one), [code], repaired, NIGHT + 9 * HOUR) for one, code in both]  # noqa: E731 - said twice
    assert moments() == [None, None]
    for n in range(6, 10):
        street.say(NIGHT + n * TEN, GOOD, street.tags[6:9])
    assert moments() == [NIGHT + 9 * TEN] * 2


def fresh(device):
    return Device.objects.select_related("state__via").get(pk=device.pk)
