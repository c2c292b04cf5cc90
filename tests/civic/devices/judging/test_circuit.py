"""Does it matter how seldom one judges? The same night gives the same findings, looked at every minute or once."""

from datetime import UTC, datetime, timedelta

import pytest

from civic.devices.judging.cabinet import LOST, CabinetState
from civic.devices.judging.circuit import Circuit, judge_lone
from civic.devices.judging.group import Group
from civic.devices.judging.lamp import BURNING, DARK, OFFLINE, LampState, Profile
from civic.devices.judging.sun import Sky

SKY = Sky(37.5505, 127.0409)
NIGHT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # 21:00 in Seoul
DAY = datetime(2026, 3, 3, 5, 0, tzinfo=UTC)  # 14:00
TEN = timedelta(minutes=10)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ON, GOOD, OFF = {"powerState": "on"}, {"powerState": "on", "power": 38}, {"powerState": "off"}
LAMPS, OUT, BACK = 10, 6, 20  # lamps; the beats between which none of them speaks
BEATS = 40


def night(broken=(), apart=timedelta(seconds=7)):
    """(t, tag, values) of a circuit whose supply fails at 22:00 and is back at 00:20; `broken` stay silent."""
    return [
        (NIGHT + n * TEN + lamp * apart, f"l{lamp}", GOOD)
        for n in range(BEATS)
        for lamp in range(LAMPS)
        if not OUT < n < BACK and not (n >= BACK and lamp in broken)
    ]


def judged(said, every):
    """What is found when somebody comes each `every`, until the end of what was said."""
    state = CabinetState()
    lamps = {f"l{n}": LampState(Profile(SKY, TEN, hold=TEN)) for n in range(LAMPS)}
    end = said[-1][0]
    before, now, found = NIGHT - TEN, NIGHT, []
    others = [NIGHT + n * timedelta(minutes=1) for n in range(BEATS * 10)]  # lamps elsewhere speak all night
    while before < end:
        now = min(now, end)
        heard = {tag: [(t, v) for t, who, v in said if who == tag and before < t <= now] for tag in lamps}
        circuit = Circuit(state, lamps, heard)
        found += circuit.judge(now, [t for t in others if before < t <= now])
        state, lamps, before, now = circuit.cabinet, circuit.lamps, now, now + every
    return [(tag, finding.code, finding.opened) for tag, finding in found]


@pytest.mark.parametrize("minutes", [1, 5, 7, 31, 90, 1000])
def test_supply_that_fails_and_returns_is_one_finding_however_seldom_one_looks(minutes):
    assert judged(night(), timedelta(minutes=minutes)) == [(None, LOST, True), (None, LOST, False)]


def test_lamps_that_fall_silent_one_after_the_other_wait_for_what_becomes_of_their_cabinet():
    assert judged(night(apart=MINUTE), MINUTE) == [(None, LOST, True), (None, LOST, False)]


@pytest.mark.parametrize("minutes", [1, 7, 31])
def test_lamp_that_stays_silent_after_the_return_is_its_own_finding(minutes):
    found = judged(night(broken={3}), timedelta(minutes=minutes))
    assert found == [(None, LOST, True), (None, LOST, False), ("l3", OFFLINE, True)]


def test_lamp_is_judged_by_itself_again_two_beats_after_the_return():
    back = NIGHT + BACK * TEN
    lamps = {f"l{n}": LampState(Profile(SKY, TEN, hold=TEN)) for n in range(LAMPS)}
    said = {tag: [(back + n * TEN, OFF if tag == "l3" else GOOD) for n in range(6)] for tag in lamps}
    circuit = Circuit(CabinetState(back_at=back), lamps, said)
    opened = [(tag, finding.code, finding.at) for tag, finding in circuit.judge(back + 5 * TEN)]
    assert opened == [("l3", DARK, back + 2 * TEN)]


def test_gateway_that_was_away_takes_no_cabinet_along():
    lamps = {f"l{n}": LampState(Profile(SKY, TEN, hold=TEN)) for n in range(LAMPS)}
    circuit = Circuit(CabinetState(), lamps, {tag: [(NIGHT, GOOD)] for tag in lamps})
    assert circuit.judge(NIGHT, [NIGHT]) == []
    later = NIGHT + timedelta(hours=8)
    again = Circuit(circuit.cabinet, circuit.lamps, {tag: [(later, GOOD)] for tag in lamps})
    assert again.judge(later + TEN, [later, later + TEN]) == []


def spoken(circuit, *said):
    """Judge word by word: (t, values, tags)."""
    found = []
    for t, values, tags in said:
        circuit.said = {tag: [(t, values)] for tag in tags}
        found += [(tag, finding.code, finding.opened) for tag, finding in circuit.judge(t, [t])]
    return found


def thirty():
    """A circuit of thirty lamps that only switch, all of them lit since dusk."""
    lamps = {f"e{n}": LampState(Profile(SKY, hold=TEN / 2)) for n in range(30)}
    circuit = Circuit(CabinetState(), lamps)
    assert spoken(circuit, (NIGHT - 3 * HOUR, ON, lamps)) == []
    return circuit


def test_five_lamps_of_thirty_that_say_off_are_five_findings_and_eighteen_are_one():
    few, many = thirty(), thirty()
    five, eighteen = [f"e{n}" for n in range(5)], [f"e{n}" for n in range(18)]
    assert spoken(few, (NIGHT, OFF, five), (NIGHT + 2 * TEN, {"battery": 1}, ["e29"])) == [
        (tag, DARK, True) for tag in five
    ]
    assert spoken(many, (NIGHT, OFF, eighteen), (NIGHT + 2 * TEN, {"battery": 1}, ["e29"])) == [(None, LOST, True)]


def dark_circuit(interval):
    """Six lamps whose contactor is dead while their controllers are fed: they say so at 22:00."""
    lamps = {f"l{n}": LampState(Profile(SKY, interval, hold=TEN)) for n in range(6)}
    circuit = Circuit(CabinetState(), lamps)
    assert spoken(circuit, (NIGHT + HOUR, OFF, lamps)) == [(None, LOST, True)]
    return circuit


def test_cabinet_whose_lamps_talk_in_the_dark_is_not_well_by_day_but_when_they_are_lit():
    circuit = dark_circuit(TEN)
    beats = [(NIGHT + HOUR + n * TEN, OFF, circuit.lamps) for n in range(1, 20 * 6)]  # until 17:50
    assert spoken(circuit, *beats) == []
    dusk = NIGHT + 21 * HOUR + 30 * MINUTE  # 18:30 is twilight
    assert spoken(circuit, (dusk, ON, list(circuit.lamps)[:3])) == []
    assert spoken(circuit, (dusk + TEN, ON, circuit.lamps)) == [(None, LOST, False)]


def test_cabinet_still_dark_in_the_next_night_is_the_same_finding():
    circuit = dark_circuit(TEN)
    assert spoken(circuit, *((NIGHT + HOUR + n * TEN, OFF, circuit.lamps) for n in range(1, 36 * 6))) == []


@pytest.mark.parametrize("words", [[OFF], [OFF, OFF]])
def test_lamps_that_only_switch_bring_their_cabinet_back_at_dusk_and_not_by_day(words):
    circuit, noon = dark_circuit(None), NIGHT + 15 * HOUR
    assert spoken(circuit, *((noon + n * TEN, said, circuit.lamps) for n, said in enumerate(words))) == []
    assert spoken(circuit, (noon + 6 * HOUR + 30 * MINUTE, ON, circuit.lamps)) == [(None, LOST, False)]


def test_lamps_that_said_they_are_dark_and_fell_silent_are_back_when_they_are_heard_by_day():
    circuit, noon = dark_circuit(TEN), NIGHT + 15 * HOUR
    assert circuit.judge(noon, [noon]) == []
    assert spoken(circuit, (noon + TEN, OFF, circuit.lamps)) == [(None, LOST, False)]


def storm(until):
    """(t, lamp, power) of ten lamps that are on from 14:00 to 15:30; the first stays on `until`."""
    words = []
    for n in range(-1, 30):
        t = DAY + n * TEN
        for lamp in range(10):
            lit = 0 <= n < (until if lamp == 0 else 9)
            words.append((t + timedelta(seconds=lamp), lamp, "on" if lit else "off"))
    return words


def first_lamp(words):
    group = Group({}, words)
    said = [(t, {"powerState": power}) for t, lamp, power in words if lamp == 0]
    _state, found = judge_lone(LampState(Profile(SKY, TEN)), said, said[-1][0], group.others_lit)
    return [(finding.code, finding.opened, finding.at) for finding in found]


def test_storm_judged_when_it_is_over_is_no_fault():
    assert first_lamp(storm(until=9)) == []


def test_lamp_that_burns_on_after_the_storm_is_found_half_an_hour_later():
    found = first_lamp(storm(until=16))
    assert [code for code, _opened, _at in found] == [BURNING, BURNING]
    assert found[0][2] == DAY + 13 * TEN


def test_group_counts_the_others_at_any_moment():
    group = Group({1: "on", 2: "off", 3: ""}, [(DAY, 2, "on"), (DAY + TEN, 3, "on"), (DAY + 2 * TEN, 1, "off")])
    moments = [DAY - TEN, DAY, DAY + TEN, DAY + 2 * TEN]
    assert [group.others_lit(t) for t in moments] == [0.0, 1.0, 1.0, 0.5]


def test_group_of_one_or_none_has_no_others():
    assert [Group(before, []).others_lit(DAY) for before in ({}, {1: "on"})] == [0.0, 0.0]
