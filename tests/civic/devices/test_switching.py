"""Since when is a lamp on? Since it was switched, however often it says so and in whatever order that comes."""

import random
from datetime import timedelta

import pytest

from civic.devices.actions import take_readings
from civic.devices.models import DeviceState, Observation
from civic.devices.reading import Reading
from civic.devices.shown import live_state
from civic.feed.models import Item
from tests.civic.devices.test_findings import NIGHT, TEN, Street

pytestmark = pytest.mark.django_db
POWERS = ["off", "on", "on", "low", "on", "on", "on"]


def say(street, *numbers):
    """The first lamp sends these of its words, in this order and in one request."""
    said = [Reading(street.tags[0], str(n), NIGHT + n * TEN, {"powerState": POWERS[n]}) for n in numbers]
    take_readings(by=street.token, readings=list(enumerate(said)), at=NIGHT + 9 * TEN)


def since(street):
    return DeviceState.objects.get(device__tag=street.tags[0]).switched_at


def test_since_stays_while_the_lamp_says_the_same():
    street = Street()
    assert [(say(street, n), since(street) - NIGHT)[1] // TEN for n in range(7)] == [0, 1, 1, 3, 4, 4, 4]
    state = DeviceState.objects.get(device__tag=street.tags[0])
    assert live_state(state)["since"] == "2026-03-02T13:40:00.000000Z"
    assert Item.objects.filter(kind="DeviceSwitched").latest("pk").state["since"] == "2026-03-02T13:40:00.000000Z"


def test_since_is_the_same_in_any_order_and_in_any_batches():
    street, chance = Street(), random.Random(5)
    for _n in range(12):
        order, cut = chance.sample(range(7), 7), chance.randrange(8)
        say(street, *order[:cut])
        say(street, *order[cut:])
        assert since(street) == NIGHT + 4 * TEN, (order, cut)
        Observation.objects.all().delete()
        DeviceState.objects.filter(device__tag=street.tags[0]).delete()


def test_reading_without_a_power_state_moves_nothing():
    street = Street()
    say(street, 1)
    reading = Reading(street.tags[0], "battery", NIGHT + timedelta(hours=2), {"batteryLevel": 0.5})
    take_readings(by=street.token, readings=[(0, reading)], at=NIGHT + timedelta(hours=2))
    assert since(street) == NIGHT + timedelta(minutes=10)
