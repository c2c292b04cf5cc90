"""Votes as pages: what a resident meets, with and without an account."""

import re

import pytest
from django.test import Client

from civic.voting.actions import announce_round, close_round, count_round, publish_round
from civic.voting.drafts import option
from civic.voting.models import OpenBallot
from tests.counting import cost
from tests.making import make_person, make_proposal
from tests.voting import WEEK, ids, make_announced, make_open, make_round, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(now):
    return make_open(opens_at=now, closes_at=now + WEEK, at=now)


def signed_in(person=None):
    client = Client()
    client.force_login(person or make_person())
    return client


def text(answer):
    return answer.content.decode()


def ticked(page):
    return {int(pk) for pk in re.findall(r'name="choices" value="(\d+)"[^>]*checked', page)}


def published(now, *ballots, **changed):
    round = make_open(opens_at=now, closes_at=now + WEEK, at=now, **changed)
    for numbers in ballots:
        vote(round, *numbers, at=now)
    closed = count_round(by=None, round=close_round(by=None, round=round, at=now), at=now)
    return publish_round(by=None, round=closed, at=now)


def test_draft_that_is_not_announced_is_nowhere(now):
    round = make_round(opens_at=now + WEEK, closes_at=now + 2 * WEEK, at=now)
    for path in ("", "result/", "result/ballots.csv", "ballot/"):
        assert signed_in().get(f"/votes/{round.slug}/{path}").status_code == 404
    assert round.title not in text(Client().get("/votes/"))


def test_list_tells_states_and_turnout_with_open_votes_first(now, round):
    make_announced(opens_at=now + WEEK, closes_at=now + 2 * WEEK, at=now, title="다음 주에 여는 투표")
    vote(round, 1, at=now)
    page = text(Client().get("/votes/"))
    assert page.index(f"/votes/{round.slug}/") < page.index("다음 주에 여는 투표")
    assert 'data-live="turnout">1<' in page


@pytest.mark.parametrize("path", ["/votes/", "/en/votes/"])
def test_list_asks_as_many_questions_for_one_vote_as_for_thirty(now, path):
    def asked():
        assert Client().get(path).status_code == 200

    make_open(opens_at=now, closes_at=now + WEEK, at=now)
    one = cost(asked)
    for _n in range(29):
        make_open(opens_at=now, closes_at=now + WEEK, at=now)
    assert cost(asked) == one


def test_signed_out_page_shows_the_options_and_no_form_that_writes(now, round):
    page = text(Client().get(f"/votes/{round.slug}/"))
    assert "15초" in page
    assert f"/accounts/login/?next=/votes/{round.slug}/" in page
    assert 'method="post"' not in page


def test_page_before_opening_says_when_and_has_no_form(now):
    round = make_announced(opens_at=now + WEEK, closes_at=now + 2 * WEEK, at=now)
    page = text(signed_in().get(f"/votes/{round.slug}/"))
    assert f"/votes/{round.slug}/ballot/" not in page
    assert "15초" in page


def test_review_step_shows_the_choice_and_casts_nothing(round):
    answer = signed_in().post(f"/votes/{round.slug}/ballot/", {"choices": ids(round, 1, 3)})
    page = text(answer)
    assert answer.status_code == 200
    assert "400만 원" in page
    assert "15초" in page
    assert "30초" not in page
    assert OpenBallot.objects.count() == 0


def test_ballot_cast_by_form_is_shown_to_the_voter_with_its_tracker(round):
    client = signed_in()
    answer = client.post(f"/votes/{round.slug}/ballot/", {"choices": ids(round, 1, 3), "cast": "1"})
    assert (answer.status_code, answer["Location"]) == (302, f"/votes/{round.slug}/")
    page = text(client.get(f"/votes/{round.slug}/"))
    ballot = OpenBallot.objects.get()
    assert ballot.tracker in page
    assert ticked(page) == set(ids(round, 1, 3))
    assert ballot.tracker not in text(signed_in().get(f"/votes/{round.slug}/"))


def test_changed_ballot_keeps_its_tracker_and_the_turnout(round):
    client = signed_in()
    path = f"/votes/{round.slug}/ballot/"
    client.post(path, {"choices": ids(round, 1), "cast": "1"})
    before = OpenBallot.objects.get()
    client.post(path, {"choices": ids(round, 2), "cast": "1"})
    after = OpenBallot.objects.get()
    assert (after.tracker, after.choices) == (before.tracker, ids(round, 2))
    assert 'data-live="turnout">1<' in text(client.get(f"/votes/{round.slug}/"))


def test_ac_2_4_one_pick_too_many_is_refused_with_the_count_and_the_picks_stay(round):
    answer = signed_in().post(f"/votes/{round.slug}/ballot/", {"choices": ids(round), "cast": "1"})
    page = text(answer)
    assert answer.status_code == 422
    assert ticked(page) == set(ids(round))
    assert 'id="errors"' in page
    assert OpenBallot.objects.count() == 0


@pytest.mark.parametrize("sent", [[], ["0"], ["abc"], ["99999999999999999999"], ["-1"]])
def test_ballot_without_options_of_the_round_is_refused(round, sent):
    answer = signed_in().post(f"/votes/{round.slug}/ballot/", {"choices": sent, "cast": "1"})
    assert answer.status_code == 422
    assert OpenBallot.objects.count() == 0


def test_choose_again_brings_the_picks_back(round):
    page = text(signed_in().post(f"/votes/{round.slug}/ballot/", {"choices": ids(round, 2), "edit": "1"}))
    assert ticked(page) == set(ids(round, 2))


def test_ballot_sent_without_being_signed_in_comes_back_with_its_picks(round):
    answer = Client().post(f"/votes/{round.slug}/ballot/", {"choices": ids(round, 2), "cast": "1"})
    assert answer.status_code == 401
    assert ticked(text(answer)) == set(ids(round, 2))


def test_ballot_with_a_stale_token_comes_back_with_its_picks(round):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person())
    answer = client.post(f"/votes/{round.slug}/ballot/", {"choices": ids(round, 2), "cast": "1"})
    assert answer.status_code == 403
    assert ticked(text(answer)) == set(ids(round, 2))


def test_ballot_after_closing_is_refused_with_the_picks_kept(now, round):
    client = signed_in()
    close_round(by=None, round=round, at=now)
    answer = client.post(f"/votes/{round.slug}/ballot/", {"choices": ids(round, 2), "cast": "1"})
    assert answer.status_code == 409
    assert OpenBallot.objects.count() == 0


def test_address_of_the_ballot_opened_by_a_link_leads_to_the_vote(round):
    assert signed_in().get(f"/votes/{round.slug}/ballot/")["Location"] == f"/votes/{round.slug}/"
    assert "/accounts/login/" in Client().get(f"/votes/{round.slug}/ballot/")["Location"]


def test_ac_2_4_order_of_options_differs_between_people_and_stays_for_one(round):
    def order(client):
        return tuple(re.findall(r'id="option-(\d+)"', text(client.get(f"/votes/{round.slug}/"))))

    clients = [signed_in() for _n in range(8)]
    orders = [order(client) for client in clients]
    assert len(set(orders)) > 1
    assert [order(client) for client in clients] == orders


def test_voter_sees_no_choice_of_theirs_after_closing(now, round):
    person = vote(round, 2, at=now)
    tracker = OpenBallot.objects.get().tracker
    close_round(by=None, round=round, at=now)
    page = text(signed_in(person).get(f"/votes/{round.slug}/"))
    assert tracker not in page
    assert not ticked(page)


def test_result_before_publication_tells_no_number(now, round):
    vote(round, 2, at=now)
    closed = close_round(by=None, round=round, at=now)
    for state in (closed, count_round(by=None, round=closed, at=now)):
        page = text(Client().get(f"/votes/{state.slug}/result/"))
        assert "<table" not in page
        assert "30초" not in page


def test_result_shows_votes_shares_and_the_chosen_option(now):
    round = published(now, (2,), (2,), (2, 1), (3,))
    page = text(Client().get(f"/en/votes/{round.slug}/result/"))
    assert "Chosen: “30초”." in page
    rows = re.findall(r"<b>(\d+)</b> · (\d+) %", page)
    assert rows == [("3", "75"), ("1", "25"), ("1", "25")]
    assert "A tie" not in page


def test_ac_2_4_tie_is_named_with_the_rule_that_settled_it(now):
    round = published(now, (3,), (2,))
    page = text(Client().get(f"/en/votes/{round.slug}/result/"))
    assert "Chosen: “30초”." in page
    assert "A tie" in page
    assert "stood first on the announced list" in page


def test_result_below_the_quorum_does_not_hold(now):
    round = published(now, (2,), quorum=2)
    assert "The vote does not hold: 1 of 2 ballots." in text(Client().get(f"/en/votes/{round.slug}/result/"))


def test_list_of_ballots_is_published_from_twenty_on(now):
    few = published(now, *[(1,)] * 19)
    assert Client().get(f"/votes/{few.slug}/result/ballots.csv").status_code == 404
    assert "ballots.csv" not in text(Client().get(f"/votes/{few.slug}/result/"))
    enough = published(now, *[(1, 3)] * 20)
    rows = text(Client().get(f"/votes/{enough.slug}/result/ballots.csv")).splitlines()
    assert len(rows) == 21
    assert rows[1:] == sorted(rows[1:])
    assert {row.split(",")[1] for row in rows[1:]} == {"1 3"}


def test_vote_about_one_proposal_links_both_ways(now):
    proposal = make_proposal(at=now)
    options = (option(title="그렇다", about=proposal.key), option(title="아니다", about=proposal.key))
    round = make_round(opens_at=now, closes_at=now + WEEK, at=now, options=options, max_picks=1)
    announce_round(by=None, round=round, at=now)
    assert f"/proposals/{proposal.code}/" in text(Client().get(f"/votes/{round.slug}/"))
    assert f"/votes/{round.slug}/" in text(Client().get(f"/proposals/{proposal.code}/"))


def test_list_narrowed_to_a_district_shows_its_votes_alone(now):
    mine, theirs = (make_open(district=code, opens_at=now, closes_at=now + WEEK, at=now) for code in ("11530", "11200"))
    page = text(Client().get("/votes/?district=11530"))
    assert f"/votes/{mine.slug}/" in page
    assert f"/votes/{theirs.slug}/" not in page
    assert 'href="?district=11530" aria-current="true"' in page
    assert f"/votes/{theirs.slug}/" in text(Client().get("/votes/?district=nowhere"))
