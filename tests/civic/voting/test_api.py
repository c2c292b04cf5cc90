"""Votes for programs: shapes, statuses, one ballot a person."""

import json

import pytest
from django.test import Client

from civic.people.actions import issue_token
from civic.voting.actions import close_round, count_round, publish_round
from civic.voting.models import OpenBallot
from tests.making import make_person
from tests.voting import WEEK, ids, make_open, make_round, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(now):
    return make_open(opens_at=now, closes_at=now + WEEK, at=now)


@pytest.fixture
def cast(now, round):
    """Send a ballot as a person with a token, or as nobody."""

    def post(choices, *, by=None, **headers):
        if by is not None:
            headers["authorization"] = f"Bearer {issue_token(by=by, person=by, label='test', at=now)}"
        body = json.dumps({"choices": choices})
        path = f"/api/v1/rounds/{round.slug}/ballot"
        return Client().post(path, body, content_type="application/json", headers=headers)

    return post


def read(round):
    return Client().get(f"/api/v1/rounds/{round.slug}")


def test_round_reads_as_promised_and_tells_no_votes_while_open(round, now):
    vote(round, 2, at=now)
    told = read(round).json()
    promised = {"slug", "state", "kind", "options", "min", "max", "opens", "closes", "turnout"}
    assert set(told) == promised | {"title", "seats", "quorum"}
    assert (told["state"], told["kind"], told["min"], told["max"], told["turnout"]) == ("open", "approval", 1, 2, 1)
    assert [set(option) for option in told["options"]] == [{"id", "title", "cost", "about"}] * 3
    assert [option["id"] for option in told["options"]] == ids(round)


def test_round_tells_votes_once_they_are_published(round, now):
    vote(round, 2, at=now)
    counted = count_round(by=None, round=close_round(by=None, round=round, at=now), at=now)
    assert "votes" not in read(counted).json()["options"][0]
    publish_round(by=None, round=counted, at=now)
    assert [option["votes"] for option in read(round).json()["options"]] == [0, 1, 0]


def test_round_whose_time_is_over_is_closed_before_the_sweep_says_so(now):
    late = make_open(opens_at=now - WEEK, closes_at=now, at=now - WEEK)
    assert (read(late).json()["state"], late.state) == ("closed", "open")


def test_unknown_and_unannounced_rounds_are_not_there(now):
    draft = make_round(opens_at=now, closes_at=now + WEEK, at=now)
    for slug in ("nothing-here", "Nothing%20Here", draft.slug):
        answer = Client().get(f"/api/v1/rounds/{slug}")
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown_round")


def test_ballot_answers_with_its_tracker_and_changes_without_another(round, cast):
    person = make_person()
    first = cast(ids(round, 1, 2), by=person)
    assert (first.status_code, set(first.json())) == (200, {"tracker"})
    second = cast(ids(round, 3), by=person)
    assert second.json() == first.json()
    assert OpenBallot.objects.get().choices == ids(round, 3)
    assert read(round).json()["turnout"] == 1


def test_repeated_request_gets_its_first_answer_and_undoes_no_change(round, cast):
    """A retry that comes late must not bring back what was changed meanwhile."""
    person = make_person()
    early = {"Idempotency-Key": "early"}
    first = cast(ids(round, 1), by=person, **early)
    cast(ids(round, 3), by=person)
    assert cast(ids(round, 1), by=person, **early).json() == first.json()
    assert OpenBallot.objects.get().choices == ids(round, 3)
    other = cast(ids(round, 2), by=person, **early)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")
    assert cast(ids(round, 2), by=person, **{"Idempotency-Key": "x" * 121}).status_code == 422


@pytest.mark.parametrize(
    ("numbers", "code", "status"),
    [((1, 2, 3), "too_many", 422), ((), "too_few", 422), ((1, 1), "option_twice", 422)],
)
def test_choices_that_make_no_ballot_are_refused_with_a_sentence(round, cast, numbers, code, status):
    answer = cast([ids(round)[number - 1] for number in numbers], by=make_person())
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (status, code, "choices")
    assert OpenBallot.objects.count() == 0


@pytest.mark.parametrize("choices", ["1", ["one"], [None], [1.5], {"a": 1}, [10**30]])
def test_body_of_another_shape_is_refused_never_an_error(cast, choices):
    answer = cast(choices, by=make_person())
    assert answer.status_code == 422
    assert answer.json()["text"]


def test_nobody_cannot_vote(round, cast):
    answer = cast(ids(round, 1))
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in")


def test_closed_round_takes_no_ballot(round, cast, now):
    close_round(by=None, round=round, at=now)
    answer = cast(ids(round, 1), by=make_person())
    assert (answer.status_code, answer.json()["code"]) == (409, "voting_closed")
