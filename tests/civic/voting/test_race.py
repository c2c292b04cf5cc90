"""Many hands at once: one ballot a person, nothing lost between the last ballot and the closing."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from civic.clocks.now import database_now
from civic.ledger.models import Entry
from civic.people.actions import issue_token
from civic.refusals import Refused
from civic.voting.actions import cast_ballot, close_round
from civic.voting.models import OpenBallot, Participation, Round, UrnBallot
from tests.making import make_person
from tests.voting import WEEK, ids, make_open

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def now():
    return database_now()


@pytest.fixture
def round(now):
    return make_open(opens_at=now, closes_at=now + WEEK, at=now)


def _at_once(calls):
    def run(call):
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_fifty_casts_of_one_person_at_once_leave_one_ballot(round, now):
    person = make_person()
    token = issue_token(by=person, person=person, label="test", at=now)
    options = ids(round)

    def cast(n):
        headers = {"authorization": f"Bearer {token}"} | ({"Idempotency-Key": "one"} if n % 2 else {})
        body = json.dumps({"choices": [options[0] if n % 2 else options[n % 3]]})
        path = f"/api/v1/rounds/{round.slug}/ballot"
        return lambda: Client().post(path, body, content_type="application/json", headers=headers)

    answers = _at_once([cast(n) for n in range(50)])
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["tracker"] for answer in answers}) == 1
    assert Round.objects.get(pk=round.pk).turnout == 1
    assert (Participation.objects.count(), OpenBallot.objects.count()) == (1, 1)
    assert len(OpenBallot.objects.get().choices) == 1
    assert Entry.objects.filter(fact="BallotCast").count() == 1


def test_ballots_cast_while_the_round_closes_are_in_the_urn_or_refused(round, now):
    people = [make_person() for _n in range(24)]
    option = ids(round, 2)

    def cast(person):
        def call():
            try:
                cast_ballot(by=person, round=round, choices=option, at=now)
            except Refused as refused:
                return refused.refusal.code
            return "cast"

        return call

    calls = [cast(person) for person in people]
    calls.insert(12, lambda: close_round(by=None, round=round, at=now) and "closed")
    outcomes = _at_once(calls)
    assert set(outcomes) <= {"cast", "closed", "voting_closed"}
    kept = outcomes.count("cast")
    assert UrnBallot.objects.count() == Participation.objects.count() == Round.objects.get(pk=round.pk).turnout == kept
    assert OpenBallot.objects.count() == 0
