"""Does any order and any repetition of readings give the same state?"""

import random
from datetime import timedelta

from civic.devices.newest import merged, stamp, value_of
from tests.making import NOON


def test_any_order_and_repetition_gives_the_same_state():
    chance = random.Random(7)
    readings = [
        {"t": NOON + timedelta(seconds=n // 3), "mid": str(n), "values": {chance.choice("abc"): n}} for n in range(30)
    ]
    states = []
    for _n in range(200):
        metrics: dict[str, list[object]] = {}
        for reading in chance.sample(readings, len(readings)) + chance.choices(readings, k=10):
            metrics = merged(metrics, **reading)
        states.append(metrics)
    assert all(state == states[0] for state in states)


def test_older_reading_adds_what_was_not_known_and_moves_nothing_back():
    now = merged({}, t=NOON, mid="2", values={"powerState": "on"})
    both = merged(now, t=NOON - timedelta(minutes=1), mid="1", values={"powerState": "off", "current": 0.4})
    assert [value_of(both, name) for name in ("powerState", "current", "voltage")] == ["on", 0.4, None]


def test_stamps_stand_in_the_order_of_their_moments():
    moments = [NOON + timedelta(microseconds=n) for n in (0, 1, 999_999, 1_000_000)]
    assert sorted(map(stamp, moments)) == [stamp(moment) for moment in moments]
