"""Is a cabinet that dies one finding, and a lamp that dies none of the cabinet's?"""

from datetime import UTC, datetime, timedelta

from civic.devices.judging.cabinet import LOST, CabinetState, Child, judge, mended_nothing
from civic.devices.judging.lamp import Finding

NOW = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)
TEN = timedelta(minutes=10)


def children(lost, well, *, apart=timedelta(seconds=1), interval=None):
    dead = [Child(f"d{n}", NOW - n * apart, interval) for n in range(lost)]
    return dead + [Child(f"w{n}", None, interval, NOW + TEN) for n in range(well)]


def test_cabinet_of_250_lamps_is_one_finding_that_names_them():
    state, findings = judge(CabinetState(), children(250, 0), NOW)
    assert findings == [Finding(LOST, True, NOW)]
    assert len(state.children) == 250
    assert judge(state, children(250, 0), NOW)[1] == []


def test_few_lamps_or_a_small_share_are_no_cabinet():
    for lost, well in ((4, 0), (5, 4), (59, 41)):
        assert judge(CabinetState(), children(lost, well), NOW) == (CabinetState(), [])
    assert all(judge(CabinetState(), children(*some), NOW)[0].lost for some in ((5, 0), (6, 4)))


def test_losses_far_apart_are_no_cabinet():
    assert judge(CabinetState(), children(10, 0, apart=timedelta(hours=1)), NOW)[1] == []


def test_lamps_that_report_every_ten_minutes_fall_silent_within_ten():
    spread = timedelta(seconds=65)
    assert judge(CabinetState(), children(10, 0, apart=spread, interval=TEN), NOW)[0].lost
    assert not judge(CabinetState(), children(10, 0, apart=spread), NOW)[0].lost


def test_cabinet_is_back_when_most_of_its_lamps_are():
    state, _opened = judge(CabinetState(), children(10, 0), NOW)
    state, still = judge(state, children(4, 6, interval=TEN), NOW)
    state, back = judge(state, children(3, 7, interval=TEN), NOW)
    assert (still, back, state) == ([], [Finding(LOST, False, NOW)], CabinetState(back_at=NOW))


def test_lamps_that_need_not_speak_count_only_where_they_have_spoken_since():
    """Thirty lamps of which ten report: the cabinet dies, and twenty could not have told."""
    silent = [Child(f"r{n}", NOW, TEN, NOW, silence=True) for n in range(10)]
    mixed = silent + [Child(f"e{n}", None, None, NOW, lit=True) for n in range(20)]
    state, lost = judge(CabinetState(), mixed, NOW)
    assert lost == [Finding(LOST, True, NOW)]
    assert judge(state, mixed, NOW + TEN)[1] == []
    spoken = [Child(f"e{n}", None, None, NOW + TEN) for n in range(20)]
    assert judge(CabinetState(), [*mixed[:10], *spoken], NOW + TEN)[1] == []


def test_lamps_that_said_they_are_dark_and_come_on_again_bring_their_cabinet_back():
    dark = [Child(f"e{n}", NOW, None, NOW) for n in range(6)] + [Child(f"s{n}", None) for n in range(20)]
    state, lost = judge(CabinetState(), dark, NOW)
    state, back = judge(state, [Child(f"e{n}", None, None, NOW + TEN) for n in range(6)], NOW + TEN)
    assert [finding.opened for finding in (*lost, *back)] == [True, False]


def words(dark, lit):
    return [Child(f"d{n}", NOW, None, NOW) for n in range(dark)] + [
        Child(f"w{n}", None, None, NOW - 4 * TEN, lit=True) for n in range(lit)
    ]


def test_word_that_a_lamp_is_lit_speaks_against_those_that_say_they_are_dark():
    assert judge(CabinetState(), words(5, 25), NOW)[1] == []
    assert judge(CabinetState(), words(5, 245), NOW)[1] == []
    state, lost = judge(CabinetState(), words(18, 12), NOW)
    assert (lost, len(state.children)) == ([Finding(LOST, True, NOW)], 18)


def test_lamps_that_gasp_before_they_fall_silent_are_lost_with_the_silent_ones():
    silent = [Child(f"r{n}", NOW, TEN, NOW, silence=True) for n in range(10)]
    for gasping in range(21):
        state, lost = judge(CabinetState(), [*silent, *words(gasping, 20 - gasping)], NOW)
        assert (lost, len(state.children)) == ([Finding(LOST, True, NOW)], 10 + gasping)


def test_repair_is_contradicted_by_silence_since_or_by_words_since_and_not_by_one_lamp():
    lost = CabinetState(lost=True, children=frozenset(f"c{n}" for n in range(18)))
    well = [Child(f"c{n}", None, None, NOW - TEN) for n in range(18)]
    dark = [Child(f"c{n}", NOW, None, NOW) for n in range(18)]
    silent = [Child(f"r{n}", NOW, TEN, NOW - TEN, silence=True) for n in range(6)]
    assert [mended_nothing(lost, [*dark[:n], *well[n:]], NOW) for n in (0, 1, 7, 8)] == [False, False, False, True]
    assert [mended_nothing(lost, [*well, *silent[:n]], NOW) for n in (0, 1, 4, 5)] == [False, False, False, True]
    assert not mended_nothing(lost, [], NOW)


def test_cabinet_without_lamps_is_well_even_if_it_was_lost():
    assert judge(CabinetState(), [], NOW) == (CabinetState(), [])
    assert judge(CabinetState(lost=True), [], NOW) == (CabinetState(back_at=NOW), [Finding(LOST, False, NOW)])
