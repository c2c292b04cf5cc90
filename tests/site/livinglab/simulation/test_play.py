"""Is a played night what it is said to be: so many readings, so many troubles, the same for the same seed?"""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from civic.devices.judging.sun import SEOUL, Sky
from civic.devices.reading import reading
from livinglab.simulation.cast import CABINETS, HOME, ON_A_CABINET, REPORTING, Lamp, cast_of
from livinglab.simulation.play import BURNING, FAILING, MENDED, body, night, storm

SKY = Sky(37.5505, 127.0409)
LAMPS = [Lamp(f"11200-{n:04}", HOME if n % 17 == 0 else f"11200{n % 17:05}", n % 6 > 0) for n in range(7443)]
CAST = cast_of("11200", LAMPS)
WINTER, SUMMER = (datetime(2026, month, 21, 12, tzinfo=SEOUL) for month in (12, 6))


def played(seed=1, day=WINTER):
    return night(CAST, *SKY.night(day), seed)


def test_cast_is_420_lamps_with_a_point_and_twenty_cabinets_of_theirs():
    assert len(set(CAST.reporting)) == REPORTING
    assert [len(tags) for tags in CAST.cabinets.values()] == [ON_A_CABINET] * CABINETS
    assert len(CAST.soloists) == REPORTING - CABINETS * ON_A_CABINET
    assert all(lamp.has_point for lamp in LAMPS if lamp.tag in set(CAST.reporting))
    assert cast_of("11200", LAMPS) == CAST


def test_list_without_lamps_has_an_empty_cast():
    assert (cast_of("11200", []).reporting, cast_of("11200", []).cabinets) == ((), {})


@pytest.mark.parametrize("day", [WINTER, SUMMER], ids=["winter", "summer"])
def test_night_has_some_45_000_readings_and_every_lamp_switches(day):
    play = played(day=day)
    assert 40_000 < len(play.words) < 57_000
    lit, dark = ({tag for _t, tag, how in play.words if (how == "dark") is dark} for dark in (False, True))
    assert lit == set(CAST.lamps)
    assert set(CAST.lamps) - dark == {t.device for t in play.planted if t.code == "lampUnexpectedOn"} - dark
    assert play.words == sorted(play.words)


def test_reporters_speak_every_ten_minutes_through_the_night():
    spoken = [t for t, tag, _how in played().words if tag == CAST.soloists[0] and t.microsecond]
    gaps = Counter((b - a) for a, b in zip(spoken, spoken[1:], strict=False))
    assert gaps[timedelta(minutes=10)] > 80
    assert max(gaps) <= timedelta(minutes=30)


def test_same_seed_plants_the_same_and_the_next_one_other_lamps():
    def planted(seed, day=WINTER):
        return {(t.device, t.code) for t in played(seed, day).planted}

    assert planted(1) == planted(1) == planted(1, SUMMER)
    together = [planted(seed) for seed in range(1, 21)]
    assert len(set.union(*together)) == sum(map(len, together)) == 20 * (FAILING + BURNING + 1)


def test_troubles_are_those_of_the_script():
    planted = played().planted
    assert Counter(t.code for t in planted) == {"lampFailure": FAILING, "lampUnexpectedOn": BURNING, "supplyLoss": 1}
    assert sum(t.until is not None for t in planted) == MENDED + 1
    assert {t.device for t in planted if t.code == "supplyLoss"} < set(CAST.cabinets)
    assert {t.device for t in planted if t.code != "supplyLoss"} < set(CAST.soloists)


def test_lamps_of_the_lost_cabinet_are_silent_and_come_back():
    play = played()
    loss = next(t for t in play.planted if t.code == "supplyLoss")
    times = [t for t, tag, _how in play.words if tag in CAST.cabinets[loss.device]]
    assert not [t for t in times if loss.at <= t < loss.until]
    assert min(times) < loss.at < loss.until < max(times)


def test_words_are_readings_that_the_ingest_takes():
    for word in played().words[::997]:
        said = reading(body(word))
        assert (said.tag, said.zone_assumed) == (word[1], False)
        assert abs(said.t - word[0]) < timedelta(milliseconds=1)


def test_storm_plants_nothing_and_lights_all_at_two():
    play = storm(CAST, WINTER.replace(hour=0), 1)
    assert play.planted == []
    two, done = WINTER.replace(hour=14), WINTER.replace(hour=15, minute=30)
    lit = {tag for t, tag, how in play.words if how == "good" and two <= t < two + timedelta(minutes=2)}
    assert lit == set(CAST.lamps)
    assert not [t for t, _tag, how in play.words if how == "good" and t > done + timedelta(minutes=10)]
