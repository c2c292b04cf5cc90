"""Does the count follow the announced rule, ties and quorum included?"""

import random

import pytest

from civic.voting.tally import tally


def told(ballots, options=(1, 2, 3), **rule):
    return [(c.option, c.votes, c.chosen, c.tied) for c in tally(ballots, options, **{"seats": 1, **rule})]


def test_count_each_pick_is_one_vote():
    assert told([(1, 2), (2,), (2, 3)]) == [(1, 1, False, False), (2, 3, True, False), (3, 1, False, False)]


def test_count_option_picked_twice_on_one_ballot_counts_once():
    assert told([(2, 2)])[1] == (2, 1, True, False)


def test_tie_at_the_last_seat_goes_to_the_first_announced_and_is_named():
    assert told([(3,), (1,)]) == [(1, 1, True, True), (2, 0, False, False), (3, 1, False, True)]


def test_tie_in_another_announced_order_goes_the_other_way():
    assert told([(3,), (1,)], options=(3, 2, 1))[0] == (3, 1, True, True)


def test_tie_among_the_chosen_or_the_others_decides_nothing_and_is_not_named():
    counted = tally([(1, 2), (1, 2), (3,), (4,)], (1, 2, 3, 4), seats=2)
    assert [c.chosen for c in counted] == [True, True, False, False]
    assert not any(c.tied for c in counted)


def test_option_without_a_vote_is_never_chosen():
    assert [c.chosen for c in tally([(1,)], (1, 2, 3), seats=2)] == [True, False, False]
    assert not any(c.chosen or c.tied for c in tally([], (1, 2, 3), seats=2))


def test_below_the_quorum_votes_are_told_and_nothing_is_chosen():
    counted = tally([(1,), (1,)], (1, 2), seats=1, quorum=3)
    assert [(c.votes, c.chosen, c.tied) for c in counted] == [(2, False, False), (0, False, False)]
    assert tally([(1,), (1,), (2,)], (1, 2), seats=1, quorum=3)[0].chosen


def test_unknown_option_on_a_ballot_is_an_error_not_a_vote():
    with pytest.raises(ValueError, match="none"):
        tally([(9,)], (1, 2), seats=1)


def test_count_does_not_depend_on_the_order_of_ballots():
    chance = random.Random(7)
    ballots = [tuple(chance.sample(range(1, 6), chance.randint(1, 3))) for _n in range(200)]
    first = tally(ballots, range(1, 6), seats=2)
    for _n in range(20):
        chance.shuffle(ballots)
        assert tally(ballots, range(1, 6), seats=2) == first
    assert sum(c.votes for c in first) == sum(map(len, ballots))
