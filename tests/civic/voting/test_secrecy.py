"""Does anything stored join a person to a choice after closing? Every table is looked through, whatever it is for.

The voter of the test picks what nobody else picks, and does all that leaves traces: votes by page, by token with an
Idempotency-Key, changes the ballot, repeats a request, reads pages. Then each row of each table of the database is
read as text. What names the voter must name neither the choice nor the tracker, and the other way round.
"""

import json
import logging
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.test import Client

from civic.clocks.now import database_now
from civic.feed.models import Item
from civic.feed.numbering import number_items
from civic.ledger.models import Entry, EntryPrivate, Receipt
from civic.people.actions import issue_token
from civic.reactions.run import enlist_all, run_all
from civic.voting.actions import close_round, count_round, publish_round
from civic.voting.drafts import option
from civic.voting.models import OpenBallot, Option, Participation, Round, UrnBallot
from tests.making import make_person
from tests.voting import WEEK, ids, make_open, vote

pytestmark = pytest.mark.django_db(transaction=True)
TITLES = ("첫째", "둘째", "셋째", "넷째")


@pytest.fixture
def now():
    return database_now()


@pytest.fixture
def round(now):
    """An open round in which a crowd has voted before."""
    enlist_all()
    options = tuple(option(title=title) for title in TITLES)
    made = make_open(options=options, opens_at=now, closes_at=now + WEEK, at=now)
    for number in (1, 1, 2, 2, 1):
        vote(made, number, at=now)
    return made


@pytest.fixture
def voter(round, now):
    """Picks 3 alone, as nobody else does, after having picked 3 and 4; by every edge there is."""
    person = make_person("아무도모를이")
    third, fourth = ids(round, 3, 4)
    client = Client()
    client.force_login(person)
    form = {"choices": [third, fourth]}
    assert client.post(f"/votes/{round.slug}/ballot/", form).status_code == 200  # looked at once more
    assert client.post(f"/votes/{round.slug}/ballot/", {**form, "cast": "1"}).status_code == 302
    assert client.get(f"/votes/{round.slug}/").status_code == 200
    token = issue_token(by=person, person=person, label="test", at=now)
    for _twice in range(2):
        cast = _call(round, token, [third])
        assert cast.status_code == 200
    client.tracker = cast.json()["tracker"]
    client.person = person
    client.token = token
    return client


def _call(round, token, choices, key="key-of-the-voter"):
    return Client().post(
        f"/api/v1/rounds/{round.slug}/ballot",
        json.dumps({"choices": choices}),
        content_type="application/json",
        headers={"authorization": f"Bearer {token}", "Idempotency-Key": key},
    )


def _through(round, now):
    """To the published result, with every reaction run."""
    closed = close_round(by=None, round=round, at=now + WEEK)
    publish_round(by=None, round=count_round(by=None, round=closed, at=now + WEEK), at=now + WEEK)
    number_items()
    while run_all(at=now + WEEK):
        pass


def _rows() -> Iterator[tuple[str, str]]:
    """Every row of every table in the database, ours or not, as (table, text)."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our tables
            for row in cursor.fetchall():
                yield table, " ".join(str(value) for value in row)


def _naming(*words: str) -> set[tuple[str, str]]:
    return {(table, row) for table, row in _rows() if any(word in row for word in words)}


def _names(person) -> tuple[str, ...]:
    """How a row can name the person: by id in either writing, nickname or address."""
    return str(person.pk), person.pk.hex, person.nickname, person.email


def test_after_closing_no_row_that_names_the_voter_knows_the_ballot(round, voter, now):
    _through(round, now)
    assert _naming(voter.tracker) == {
        ("civic_urnballot", next(row for table, row in _rows() if table == "civic_urnballot" and voter.tracker in row))
    }
    named = _naming(*_names(voter.person))
    assert {table for table, _row in named} >= {"civic_person", "civic_participation", "civic_notice"}
    assert not [row for _table, row in named if voter.tracker in row or "셋째" in row]
    third = str(ids(round, 3)[0])
    told = {table for table, row in named if f"[{third}]" in row or f"choices={third}" in row}
    assert told == set()


def test_after_closing_no_row_that_knows_a_ballot_leads_to_a_row_that_names_a_person(round, voter, now):
    """By columns: the urn has a tracker, a round and choices, and no other table has a column that holds its rows."""
    _through(round, now)
    assert [field.name for field in UrnBallot._meta.get_fields()] == ["tracker", "round", "choices"]
    assert OpenBallot.objects.count() == 0
    pointing = {
        (model.__name__, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model in (UrnBallot, OpenBallot)
    }
    assert pointing == set()
    assert [field.name for field in Participation._meta.get_fields() if field.concrete] == ["id", "round", "person"]


def test_receipts_of_ballots_go_with_the_closing(round, voter, now):
    mine = Receipt.objects.filter(person=voter.person)
    assert mine.count() == 1
    close_round(by=None, round=round, at=now + WEEK)
    assert mine.count() == 0


def test_a_repeated_request_after_closing_leaves_no_receipt(round, voter, now):
    """It is refused, and what was kept of it would hold a print of the choices."""
    close_round(by=None, round=round, at=now)
    answer = _call(round, voter.token, ids(round, 3))
    assert (answer.status_code, answer.json()["code"]) == (409, "voting_closed")
    assert not Receipt.objects.filter(person=voter.person).exists()


def test_a_ballots_fact_names_the_round_only(round, voter, now):
    entries = Entry.objects.filter(fact="BallotCast", key=round.key)
    round = Round.objects.get(pk=round.pk)
    assert entries.count() == 6 == round.turnout
    assert {(entry.at, str(entry.data)) for entry in entries} == {(round.opened_at, "{}")}
    assert not EntryPrivate.objects.filter(entry__in=entries).exists()
    items = Item.objects.filter(kind="BallotCast", key=round.key)
    assert {(item.at, item.recipient, str(item.fact)) for item in items} == {
        (round.opened_at, "", f"{{'district': '{round.district_id}'}}")
    }


def test_a_changed_ballot_is_told_to_nobody(round, voter, now):
    entries, items = Entry.objects.count(), Item.objects.count()
    vote(round, 4, by=voter.person, at=now)
    assert (Entry.objects.count(), Item.objects.count()) == (entries, items)


def test_urn_stands_in_the_order_of_trackers_which_says_nothing_of_the_order_of_casting(round, voter, now):
    cast = list(OpenBallot.objects.order_by("participation_id").values_list("tracker", flat=True))
    close_round(by=None, round=round, at=now + WEEK)
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT tracker FROM civic_urnballot ORDER BY {place}")  # noqa: S608 - one of two words
        stored = [row[0] for row in cursor.fetchall()]
    assert stored == sorted(cast)


def test_while_open_nothing_tells_what_was_chosen(round, voter, now, caplog):
    """Neither rows outside the ballots, nor the feed, the ledger, the log, nor any page or answer for others."""
    caplog.set_level(logging.DEBUG)
    vote(round, 2, at=now)
    assert Option.objects.filter(round=round).exclude(votes=None).count() == 0
    assert {table for table, row in _rows() if voter.tracker in row} == {"civic_openballot", "civic_receipt"}
    assert voter.tracker not in caplog.text
    for path in (f"/votes/{round.slug}/", f"/votes/{round.slug}/result/", f"/api/v1/rounds/{round.slug}", "/votes/"):
        page = Client().get(path).content.decode()
        assert voter.tracker not in page
        assert 'votes":' not in page
        assert "득표" not in page
    assert Client().get(f"/votes/{round.slug}/result/ballots.csv").status_code == 404
    states = [json.dumps(item.state) for item in Item.objects.filter(key=round.key)]
    assert {tuple(sorted(json.loads(state))) for state in states} == {("closes", "opens", "state", "turnout")}


def test_sessions_keep_nothing_of_a_ballot(round, voter, now):
    kept = [session.get_decoded() for session in Session.objects.all()]
    assert kept
    assert not [data for data in kept if voter.tracker in str(data) or "choices" in str(data) or "셋째" in str(data)]
