"""Does the word of a lamp that only tells of its switching stand until the next one, and no longer than we listen?"""

from datetime import datetime, timedelta

from civic.devices.judging.circuit import judge_lone
from civic.devices.judging.lamp import BURNING, DARK, FAILED, OFFLINE, Heard, LampState, Profile, judge
from civic.devices.judging.sun import SEOUL, UNSURE, Sky

SKY = Sky(37.5505, 127.0409)
NIGHT = datetime(2026, 3, 2, 22, 0, tzinfo=SEOUL)
MORNING = datetime(2026, 3, 3, 10, 0, tzinfo=SEOUL)
SUNSET, SUNRISE = SKY.night(NIGHT)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ALWAYS = Heard()
ON, OFF = {"powerState": "on"}, {"powerState": "off"}
GOOD, DEAD = {"powerState": "on", "power": 38}, {"powerState": "on", "power": 0.3}


def told(*said, now, heard=ALWAYS, state=None, lit=lambda _t: 0.0):
    """What is opened and closed, as `+code` and `-code`, with its moment."""
    _state, found = judge_lone(state or LampState(Profile(SKY, heard=heard)), said, now, lit)
    return [(f"{'+' if one.opened else '-'}{one.code}", one.at) for one in found]


def test_lamp_that_goes_out_at_night_and_says_no_more_is_found_after_the_rules_time():
    assert told((NIGHT, OFF), now=NIGHT + 14 * MINUTE) == []
    assert told((NIGHT, OFF), now=NIGHT + 15 * MINUTE) == [(f"+{DARK}", NIGHT + 15 * MINUTE)]
    assert told((NIGHT, DEAD), now=NIGHT + 3 * 60 * MINUTE) == [(f"+{FAILED}", NIGHT + 10 * MINUTE)]
    assert told((MORNING, ON), now=MORNING + 60 * MINUTE) == [(f"+{BURNING}", MORNING + 30 * MINUTE)]


def test_hours_judged_at_once_find_what_every_minute_finds():
    said = [(NIGHT, OFF), (NIGHT + 40 * MINUTE, ON)]
    at_once = told(*said, now=NIGHT + 60 * MINUTE)
    state, found = LampState(Profile(SKY)), []
    for n in range(61):
        now = NIGHT + n * MINUTE
        state, some = judge_lone(state, [one for one in said if now - MINUTE < one[0] <= now], now, lambda _t: 0.0)
        found += [(f"{'+' if one.opened else '-'}{one.code}", one.at) for one in some]
    assert at_once == found == [(f"+{DARK}", NIGHT + 15 * MINUTE), (f"-{DARK}", NIGHT + 40 * MINUTE)]


def test_word_of_the_morning_is_no_word_about_the_night():
    """Off at dawn and not on at dusk: that message may be lost; no data opens nothing."""
    assert told((SUNRISE - 10 * MINUTE, OFF), now=SUNRISE + DAY) == []


def test_finding_closes_when_the_lamp_comes_on_at_dusk_and_stays_so_into_the_night():
    state = LampState(Profile(SKY), open=frozenset({DARK, FAILED}), seen_at=NIGHT - DAY)
    dusk = SUNSET + 5 * MINUTE
    assert told((dusk, GOOD), now=SUNSET + UNSURE - MINUTE, state=state) == []
    sure = SUNSET + UNSURE
    assert told((dusk, GOOD), now=sure, state=state) == [(f"-{FAILED}", sure), (f"-{DARK}", sure)]
    out_again = (dusk + 10 * MINUTE, OFF)
    assert told((dusk, GOOD), out_again, now=NIGHT, state=state) == []


def test_day_burner_that_goes_out_at_dawn_is_well_when_it_is_day():
    state = LampState(Profile(SKY), open=frozenset({BURNING}), seen_at=NIGHT)
    found = told((SUNRISE - 15 * MINUTE, OFF), now=MORNING, state=state)
    assert found == [(f"-{BURNING}", SUNRISE + UNSURE)]


def test_two_early_mornings_are_no_night_in_the_dark():
    early = SUNRISE - 50 * MINUTE
    said = [(early, OFF), (early + 11 * 60 * MINUTE + 20 * MINUTE, ON), (early + DAY, OFF)]
    assert told(*said, now=early + DAY + 5 * MINUTE) == []
    assert told(said[0], said[2], now=early + DAY + 5 * MINUTE) == []
    reporting = LampState(Profile(SKY, 10 * MINUTE))
    assert told(said[0], said[2], now=early + DAY + 5 * MINUTE, state=reporting) == []


def test_lamp_on_in_the_twilight_is_dark_no_more():
    state, _none = judge(LampState(Profile(SKY)), [(SUNRISE - 50 * MINUTE, OFF)], SUNRISE - 50 * MINUTE)
    state, _none = judge(state, [(SUNRISE - 40 * MINUTE, ON)], SUNRISE - 40 * MINUTE)
    assert state.since == {}


def test_storm_judged_by_standing_words_is_no_fault_and_who_burns_on_is_found():
    until = MORNING + 70 * MINUTE  # the others
    found = told((MORNING, ON), now=MORNING + 180 * MINUTE, lit=lambda t: 0.9 if t < until else 0.1)
    assert found == [(f"+{BURNING}", MORNING + 90 * MINUTE)]
    slow = (until + 5 * MINUTE, OFF)  # it goes off with them, a little later than most, at the end of its half hour
    for early in range(0, 31, 3):
        on = (MORNING + early * MINUTE, ON)
        assert told(on, slow, now=NIGHT, lit=lambda t: 0.9 if t < until else 0.1) == []
    assert told((MORNING, ON), (until, OFF), now=NIGHT, lit=lambda t: 0.9 if t < until else 0.1) == []


def test_word_stands_only_as_long_as_we_would_have_heard_the_next_one():
    gone = Heard(since=NIGHT - DAY, until=NIGHT + 5 * MINUTE)
    assert told((NIGHT, OFF), now=NIGHT + 180 * MINUTE, heard=gone) == []
    back = Heard(since=NIGHT + 120 * MINUTE, until=NIGHT + 130 * MINUTE)
    assert told((NIGHT, OFF), now=NIGHT + 130 * MINUTE, heard=back) == []
    later = Heard(since=NIGHT + 120 * MINUTE)
    assert told((NIGHT, OFF), now=NIGHT + 140 * MINUTE, heard=later) == [(f"+{DARK}", NIGHT + 135 * MINUTE)]


def test_next_look_is_when_the_rules_time_is_over_or_the_good_hour_comes():
    state, _none = judge(LampState(Profile(SKY)), [(NIGHT, OFF)], NIGHT)
    assert state.next_look(NIGHT) == NIGHT + 15 * MINUTE
    state, _opened = judge(state, [], NIGHT + 15 * MINUTE)
    assert state.next_look(NIGHT + 15 * MINUTE) == SUNRISE + UNSURE
    assert judge(LampState(Profile(SKY)), [(NIGHT, ON)], NIGHT)[0].next_look(NIGHT) is None
    assert judge(LampState(Profile(SKY, 10 * MINUTE)), [(NIGHT, OFF)], NIGHT)[0].next_look(NIGHT) is None


def test_lamp_that_owes_no_reports_any_more_is_back_with_its_first_word():
    state = LampState(Profile(SKY), seen_at=NIGHT, open=frozenset({OFFLINE}))
    assert told((NIGHT + DAY, ON), now=NIGHT + DAY, state=state) == [(f"-{OFFLINE}", NIGHT + DAY)]
