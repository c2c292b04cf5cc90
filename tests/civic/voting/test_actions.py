"""What do the verbs of a vote write, and what do they refuse?"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from civic.chain.models import Link, Node
from civic.feed.models import Item
from civic.ledger.models import Entry
from civic.people.actions import register_person
from civic.people.models import Person
from civic.refusals import Refused
from civic.voting import rules
from civic.voting.actions import (
    announce_round,
    cast_ballot,
    close_round,
    count_round,
    draft_round,
    open_round,
    publish_round,
    withdraw_ballot,
)
from civic.voting.drafts import option
from civic.voting.models import OpenBallot, Option, Participation, Round, UrnBallot
from tests.making import GURO4, NOON, make_official, make_person, make_proposal
from tests.voting import WEEK, ids, make_announced, make_counted, make_draft, make_open, make_round, of_proposals, vote

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def refused(act, **words):
    with pytest.raises(Refused) as caught:
        act(**words)
    return caught.value.refusal.code


# --- making ---------------------------------------------------------------------------------


def test_drafted_options_are_snapshots_in_their_order():
    proposal = make_proposal()
    about = option(
        title="<b>굽은</b> 길", text="짧게", cost=5, dong=proposal.dong_id, point=(127, 37.5), about=proposal.key
    )
    round = make_round(options=(about, option(title="다른 길")), max_picks=1)
    first, second = Option.objects.filter(round=round)
    assert (first.number, first.lon, first.lat, first.about, first.cost) == (1, 127.0, 37.5, proposal.key, 5)
    assert (second.number, second.lon, second.cost, second.votes) == (2, None, None, None)
    assert not Node.objects.filter(key=round.key).exists()  # nobody sees a draft
    assert Item.objects.get(key=round.key).audience == "staff"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"slug": "Has Spaces"}, "bad_slug"),
        ({"slug": "-hyphen"}, "bad_slug"),
        ({"title": "짧다"}, "title_length"),
        ({"lead": "가" * 401}, "too_long"),
        ({"options": (option(title="하나"),)}, "options_number"),
        ({"options": (option(title="같다"), option(title="같다"))}, "option_twice"),
        ({"options": (option(title="같다"), option(title=""))}, "option_words"),
        ({"options": (option(title="같다"), option(title="길", cost=-1))}, "option_cost"),
        ({"options": (option(title="같다"), option(title="길", about="proposal:P-2026-999999"))}, "unknown_subject"),
        ({"max_picks": 4}, "picks"),
        ({"min_picks": 0}, "picks"),
        ({"min_picks": 3, "max_picks": 2}, "picks"),
        ({"seats": 3}, "seats"),
        ({"seats": 0}, "seats"),
        ({"quorum": 0}, "quorum"),
        ({"closes_at": NOON - HOUR}, "times"),
        ({"opens_at": NOON - WEEK, "closes_at": NOON}, "time_over"),
    ],
)
def test_draft_that_cannot_be_followed_is_refused(changed, code):
    assert refused(make_round, **changed) == code
    assert Round.objects.count() == 0


def test_draft_with_a_proposal_of_another_district_is_refused():
    mine, elsewhere = make_proposal(), make_proposal(dong=GURO4, title="구로의 다른 제안입니다")
    assert refused(make_round, options=of_proposals(mine, elsewhere)) == "subject_elsewhere"
    assert make_round(district="11530", options=(*of_proposals(elsewhere), option(title="다른 길")), max_picks=1)


def test_draft_that_holds_a_proposal_of_another_district_is_neither_announced_nor_opened():
    mine, elsewhere = make_proposal(), make_proposal(dong=GURO4, title="구로의 다른 제안입니다")
    round = make_round(options=(*of_proposals(mine), option(title="다른 길")), max_picks=1)
    Option.objects.filter(round=round, number=2).update(about=elsewhere.key)  # as one drafted before it was asked
    for act in (announce_round, open_round):
        assert refused(act, by=None, round=round, at=NOON) == "subject_elsewhere"
    Option.objects.filter(round=round, number=2).update(about="")
    assert announce_round(by=None, round=round, at=NOON).announced_at == NOON


def test_draft_with_a_proposal_that_was_taken_from_view_is_refused_as_if_there_were_none():
    proposal = make_proposal()
    Node.objects.filter(key=proposal.key).update(public=False)
    options = (*of_proposals(proposal), option(title="다른 길"))
    assert refused(make_round, options=options, max_picks=1) == "unknown_subject"


def test_draft_under_a_taken_address_is_refused():
    assert refused(make_round, slug=make_round().slug) == "slug_taken"


def test_official_of_another_district_cannot_run_a_vote():
    stranger, round = make_official("11530"), make_announced()
    assert refused(draft_round, by=stranger, district=round.district, draft=make_draft(), at=NOON) == "not_official"
    for act in (announce_round, open_round, close_round, count_round, publish_round):
        assert refused(act, by=stranger, round=round, at=NOON) == "not_official"
        assert refused(act, by=make_person(), round=round, at=NOON) == "not_official"


def test_official_of_the_district_runs_it_whole():
    official = make_official()
    district = make_round().district
    round = draft_round(by=official, district=district, draft=make_draft(), at=NOON)
    for act in (announce_round, open_round, close_round, count_round, publish_round):
        round = act(by=official, round=round, at=NOON)
    assert round.state == "published"
    facts = list(Entry.objects.filter(key=round.key).order_by("pk").values_list("fact", "private__person"))
    assert {person for _fact, person in facts} == {official.pk}


def test_announced_round_stands_in_the_chain_with_what_it_came_of():
    proposal = make_proposal()
    options = (option(title="그렇다", about=proposal.key), option(title="아니다", about=proposal.key))
    round = announce_round(by=None, round=make_round(options=options, max_picks=1), at=NOON)
    node = Node.objects.get(key=round.key)
    assert (node.kind, node.state, node.path) == ("round", "draft", f"/votes/{round.slug}/")
    assert list(Link.objects.values_list("origin", "target", "kind")) == [(proposal.key, round.key, "voted")]
    assert round.policy is not None
    assert refused(announce_round, by=None, round=round, at=NOON) == "already_announced"


def test_round_opened_before_its_time_opens_now():
    round = make_announced(opens_at=NOON + WEEK, closes_at=NOON + 2 * WEEK)
    opened = open_round(by=None, round=round, at=NOON)
    assert (opened.opens_at, opened.opened_at) == (NOON, NOON)
    assert refused(open_round, by=None, round=opened, at=NOON) == "wrong_state"


def test_round_opened_late_keeps_the_time_that_was_announced_and_one_whose_time_is_over_stays_shut():
    late, never = (make_announced(opens_at=NOON + HOUR, closes_at=NOON + WEEK) for _n in range(2))
    opened = open_round(by=None, round=late, at=NOON + 2 * HOUR)
    assert (opened.opens_at, opened.opened_at) == (NOON + HOUR, NOON + 2 * HOUR)
    assert refused(open_round, by=None, round=never, at=NOON + WEEK) == "time_over"


def test_states_follow_each_other_and_none_comes_twice():
    round = make_announced()
    steps = [open_round, close_round, count_round, publish_round]
    for place, step in enumerate(steps):
        for other in steps[:place] + steps[place + 1 :]:
            assert refused(other, by=None, round=round, at=NOON) == "wrong_state"
        round = step(by=None, round=round, at=NOON)
    for step in steps:
        assert refused(step, by=None, round=round, at=NOON) == "wrong_state"


# --- voting ---------------------------------------------------------------------------------


def test_one_ballot_a_person_and_its_change_counts_once():
    round = make_open()
    person = vote(round, 1, 3)
    first = OpenBallot.objects.get()
    vote(round, 2, by=person)
    again = OpenBallot.objects.get()
    assert (again.tracker, again.choices) == (first.tracker, ids(round, 2))
    assert Round.objects.get(pk=round.pk).turnout == 1
    assert Participation.objects.count() == Entry.objects.filter(fact="BallotCast").count() == 1


def test_choices_are_kept_in_the_announced_order_not_in_that_of_the_clicks():
    round = make_open()
    cast_ballot(by=make_person(), round=round, choices=ids(round, 3, 1), at=NOON)
    assert OpenBallot.objects.get().choices == ids(round, 1, 3)


def test_ballot_is_withdrawn_by_whoever_cast_one_while_the_round_is_open():
    round = make_open()
    person = vote(round, 1)
    assert refused(withdraw_ballot, by=make_person(), round=round, at=NOON) == "not_voted"
    assert refused(withdraw_ballot, by=person, round=round, at=NOON + WEEK) == "voting_closed"
    assert withdraw_ballot(by=person, round=round, at=NOON).turnout == 0


def test_turnout_is_what_the_feed_tells_and_nothing_else():
    round = make_open()
    for number in (1, 2, 2):
        vote(round, number)
    states = [item.state for item in Item.objects.filter(kind="BallotCast").order_by("pk")]
    assert [state["turnout"] for state in states] == [1, 2, 3]
    assert all(set(state) == {"state", "turnout", "opens", "closes"} for state in states)


def test_ballot_outside_the_time_of_the_vote_is_refused_whatever_the_sweep_did():
    person, round = make_person(), make_announced()
    assert refused(cast_ballot, by=person, round=round, choices=ids(round, 1), at=NOON) == "not_open_yet"
    open_round(by=None, round=round, at=NOON)
    cast_ballot(by=person, round=round, choices=ids(round, 1), at=round.closes_at - timedelta(milliseconds=1))
    assert refused(cast_ballot, by=person, round=round, choices=ids(round, 2), at=round.closes_at) == "voting_closed"
    assert OpenBallot.objects.get().choices == ids(round, 1)


def test_account_without_a_confirmed_address_cannot_vote():
    round = make_open()
    person = register_person(email="new@example.org", nickname="새이웃", password=None, old_enough=True, at=NOON)
    assert refused(cast_ballot, by=person, round=round, choices=ids(round, 1), at=NOON) == "unconfirmed"
    refusal = rules.why_not_vote(AnonymousUser(), round, at=NOON)
    assert (refusal.code, refusal.status) == ("sign_in", 401)


def test_choices_of_another_vote_are_refused():
    round, other = make_open(), make_open()
    assert refused(cast_ballot, by=make_person(), round=round, choices=ids(other, 1), at=NOON) == "unknown_option"


# --- closing, counting, publishing ----------------------------------------------------------


def test_closing_leaves_as_many_ballots_as_people_took_part():
    round = make_open()
    for number in (1, 2, 3, 3):
        vote(round, number)
    other = make_open()
    vote(other, 1)
    closed = close_round(by=None, round=round, at=NOON + HOUR)
    assert (closed.state, closed.closed_at, closed.turnout) == ("closed", NOON + HOUR, 4)
    assert UrnBallot.objects.filter(round=round).count() == Participation.objects.filter(round=round).count() == 4
    assert OpenBallot.objects.count() == 1  # the other vote's


def test_counting_shows_the_result_to_the_desk_alone():
    round = make_counted((1,), (1, 2), (2,), (1,))
    rows = Option.objects.filter(round=round).values_list("votes", "outcome", "tied")
    assert list(rows) == [(3, "chosen", False), (2, "not_chosen", False), (0, "not_chosen", False)]
    told = Item.objects.filter(key=round.key, audience="public").values_list("kind", "fact", "state")
    assert not [kind for kind, fact, state in told if "votes" in fact or "votes" in state]


def test_published_result_is_a_fact_with_votes_in_the_announced_order():
    round = publish_round(by=None, round=make_counted((2,), (2, 3), (3,), (2,)), at=NOON + WEEK)
    entry = Entry.objects.get(fact="RoundPublished")
    assert entry.data == {"turnout": 4, "votes": [0, 3, 2], "chosen": [2]}
    node = Node.objects.get(key=round.key)
    assert (node.state, node.marks[0]["path"]) == ("published", f"/votes/{round.slug}/result/")


def test_account_that_goes_leaves_its_participation_without_a_name():
    round = make_open()
    person = vote(round, 1)
    Person.objects.filter(pk=person.pk).delete()
    assert Participation.objects.get().person is None
    assert close_round(by=None, round=round, at=NOON).turnout == UrnBallot.objects.count() == 1
