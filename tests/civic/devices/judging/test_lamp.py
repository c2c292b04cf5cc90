"""Does the judge see what is wrong with a lamp, and nothing else?"""

import random
from datetime import datetime, timedelta

import pytest

from civic.devices.judging.lamp import BURNING, DARK, FAILED, OFFLINE, Finding, LampState, Profile, judge
from civic.devices.judging.sun import SEOUL, Sky

SKY = Sky(37.5505, 127.0409)
NIGHT = datetime(2026, 3, 2, 22, 0, tzinfo=SEOUL)
DAY = datetime(2026, 3, 3, 14, 0, tzinfo=SEOUL)
DUSK = datetime(2026, 3, 2, 18, 40, tzinfo=SEOUL)
TEN = timedelta(minutes=10)
GOOD, DEAD, OFF, LOW = (
    {"powerState": "on", "powerConsumption": 38.0},
    {"powerState": "on", "powerConsumption": 0.4},
    {"powerState": "off"},
    {"powerState": "low", "powerConsumption": 5.0},
)


def every_ten(start, *values):
    return [(start + n * TEN, said) for n, said in enumerate(values)]


def told(start, *values, now=None, interval=TEN, **more):
    """What is opened and closed, as `+code` and `-code`."""
    state = LampState(Profile(SKY, interval))
    readings = every_ten(start, *values)
    _state, findings = judge(state, readings, now or readings[-1][0], **more)
    return [f"{'+' if finding.opened else '-'}{finding.code}" for finding in findings]


@pytest.mark.parametrize(
    ("start", "values", "expected"),
    [
        (NIGHT, [GOOD] * 9, []),
        (NIGHT, [DEAD], []),
        (NIGHT, [DEAD, DEAD], [f"+{FAILED}"]),
        (NIGHT, [DEAD, GOOD, DEAD, GOOD], []),
        (NIGHT, [DEAD, DEAD, DEAD, GOOD], [f"+{FAILED}", f"-{FAILED}"]),
        (NIGHT, [OFF, OFF], []),
        (NIGHT, [OFF, OFF, OFF], [f"+{DARK}"]),
        (NIGHT, [OFF, OFF, OFF, GOOD], [f"+{DARK}", f"-{DARK}"]),
        (NIGHT, [LOW] * 9, []),
        (NIGHT, [{"powerState": "on"}] * 9, []),
        (DUSK, [OFF, OFF, OFF], []),
        (DAY, [OFF] * 9, []),
        (DAY, [GOOD] * 3, []),
        (DAY, [GOOD] * 4, [f"+{BURNING}"]),
        (DAY, [GOOD, GOOD, GOOD, GOOD, OFF], [f"+{BURNING}", f"-{BURNING}"]),
        (DAY, [DEAD] * 9, []),
    ],
)
def test_lamp_says_and_the_judge_finds(start, values, expected):
    assert told(start, *values) == expected


DIM = {"powerState": "on", "powerConsumption": 6.0, "illuminanceLevel": 0.3}


@pytest.mark.parametrize(
    ("watts", "said", "expected"),
    [
        (20, DIM, []),
        (20, {"powerState": "on", "power": 6.0}, []),  # it does not say how it is set
        (40, DIM, []),
        (40, {"powerState": "on", "power": 6.0}, [f"+{FAILED}"]),
        (150, {"powerState": "on", "power": 20}, [f"+{FAILED}"]),
        (20, DIM | {"powerConsumption": 0.4}, [f"+{FAILED}"]),
        (20, DIM | {"illuminanceLevel": 0, "powerConsumption": 0.4}, [f"+{FAILED}"]),
        (20, DIM | {"powerConsumption": 1.2}, [f"+{FAILED}"]),  # the driver of a dead one idles
        (20, DIM | {"illuminanceLevel": 0.1, "powerConsumption": 1.2}, [f"+{FAILED}"]),
        (20, DIM | {"illuminanceLevel": 0.1, "powerConsumption": 2.0}, []),
        (8, DIM | {"powerConsumption": 1.8}, []),  # no more is asked of it than at full light
    ],
)
def test_lamp_shines_by_its_own_rated_power_at_the_level_it_is_set_to(watts, said, expected):
    for interval in (TEN, None):
        state, readings = LampState(Profile(SKY, interval, watts)), every_ten(NIGHT, said, said)
        assert [f"+{one.code}" for one in judge(state, readings, NIGHT + TEN)[1] if one.opened] == expected


@pytest.mark.parametrize("watts", [1.2, 3.0])
def test_lamp_that_is_off_by_day_with_a_low_setting_does_not_burn(watts):
    idle = {"powerState": "off", "powerConsumption": watts, "illuminanceLevel": 0.1}
    assert told(DAY, *[idle] * 9) == []


@pytest.mark.parametrize(("share", "expected"), [(0.9, []), (0.5, []), (0.49, [f"+{BURNING}"])])
def test_lamps_of_which_half_are_lit_by_a_storm_are_no_fault(share, expected):
    assert told(DAY, *[GOOD] * 9, lit=lambda _t: share) == expected


def test_failure_stays_open_through_the_day_until_a_healthy_night():
    state = LampState(Profile(SKY, TEN))
    state, opened = judge(state, every_ten(NIGHT, DEAD, DEAD), NIGHT + TEN)
    state, by_day = judge(state, every_ten(DAY, OFF, OFF), DAY + TEN)
    state, healed = judge(state, every_ten(NIGHT + timedelta(days=1), GOOD), NIGHT + timedelta(days=1))
    codes = [[(f.code, f.opened) for f in findings if f.code != OFFLINE] for findings in (opened, by_day, healed)]
    assert codes == [[(FAILED, True)], [], [(FAILED, False)]]


def test_two_afternoons_are_not_half_an_hour():
    late = DAY.replace(hour=17, minute=20)
    state, _none = judge(LampState(Profile(SKY)), every_ten(late, GOOD), late)
    state, _none = judge(state, every_ten(NIGHT + timedelta(days=1), GOOD), NIGHT + timedelta(days=1))
    morning = late + timedelta(hours=16)
    assert judge(state, every_ten(morning, GOOD), morning)[1] == []


@pytest.mark.parametrize(("silence", "expected"), [(31, []), (32, [Finding(OFFLINE, True, NIGHT + 3.2 * TEN)])])
def test_silent_lamp_is_offline_after_three_beats_and_a_minute(silence, expected):
    state, _none = judge(LampState(Profile(SKY, TEN)), every_ten(NIGHT, GOOD), NIGHT)
    state, findings = judge(state, [], NIGHT + timedelta(minutes=silence))
    assert findings == expected
    assert judge(state, [], NIGHT + timedelta(minutes=silence))[1] == []  # once


def test_lamp_is_back_after_two_beats():
    state, _none = judge(LampState(Profile(SKY, TEN)), every_ten(NIGHT - 3 * TEN, *[GOOD] * 4), NIGHT)
    state, lost = judge(state, [], NIGHT + 4 * TEN)
    assert lost == [Finding(OFFLINE, True, NIGHT + 4 * TEN)]
    state, first = judge(state, [(NIGHT + 5 * TEN, GOOD)], NIGHT + 5 * TEN)
    state, second = judge(state, [(NIGHT + 6 * TEN, GOOD)], NIGHT + 6 * TEN)
    assert (first, second) == ([], [Finding(OFFLINE, False, NIGHT + 6 * TEN)])


def test_lamp_without_an_interval_or_never_heard_is_never_offline():
    heard, _none = judge(LampState(Profile(SKY)), every_ten(NIGHT, GOOD), NIGHT)
    year = timedelta(days=365)
    assert judge(heard, [], NIGHT + year)[1] == judge(LampState(Profile(SKY, TEN)), [], NIGHT + year)[1] == []


def test_under_a_lost_cabinet_nothing_opens():
    assert told(NIGHT, *[OFF] * 9, now=NIGHT + timedelta(days=1), parent_lost=True) == []


def test_readings_of_one_call_may_come_in_any_order():
    chance, readings = random.Random(3), every_ten(NIGHT, GOOD, DEAD, DEAD, DEAD, GOOD, OFF, OFF, OFF, GOOD)
    outcomes = []
    for _n in range(50):
        mixed = chance.sample(readings, len(readings))
        outcomes.append(judge(LampState(Profile(SKY, TEN)), mixed + mixed[:3], readings[-1][0]))
    assert all(outcome == outcomes[0] for outcome in outcomes)
    assert len(outcomes[0][1]) == 4


@pytest.mark.parametrize("value", [None, "", "on", True, float("nan"), -1])
def test_power_that_is_no_power_breaks_nothing(value):
    told(NIGHT, *[{"powerState": "on", "powerConsumption": value}] * 3)
