"""What do the database's own files keep of ballots after closing?"""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from pytest_django import Settings

from civic.clocks.now import database_now
from civic.ledger.models import Receipt
from civic.people.models import Person
from civic.privacy.models import RetentionRule
from civic.privacy.purging import purge
from civic.reactions.sweeps import SWEEPS, wipe_ballots
from civic.voting.actions import close_round, wipe_closed_rounds
from civic.voting.models import OpenBallot, Round, UrnBallot
from civic.voting.traces import wipe_is_owed
from tests.voting import WEEK, make_open, vote

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def voted():
    """An open round in which 30 ballots were cast and changed."""
    now = database_now()
    round = make_open(opens_at=now, closes_at=now + WEEK, at=now)
    for n in range(30):
        person = vote(round, n % 3 + 1, at=now)
        vote(round, (n + 1) % 3 + 1, by=person, at=now)
    return round


@pytest.fixture
def closed(voted, caplog):
    """The same round, closed while nobody read."""
    caplog.set_level(logging.WARNING)
    closed = close_round(by=None, round=voted, at=database_now())
    assert "may remain" not in caplog.text
    return closed


@contextmanager
def _reader(table: str = "civic_openballot") -> Iterator[None]:
    """Somebody else who is in the middle of reading: a backup, a long page."""
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ" if other.vendor == "postgresql" else "BEGIN")
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - a name from this file
        cursor.fetchone()
        yield


def _deleted_rows_in_files() -> int:
    """Bytes (PostgreSQL) or trackers beyond those of the urn and its index (SQLite) that the files still hold."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_relation_size(%s::regclass)", [OpenBallot._meta.db_table])
            return int(cursor.fetchone()[0])
    path = Path(settings.DATABASES["default"]["TEST"]["NAME"])
    connection.close()
    files = [file.read_bytes() for file in (path, path.with_name(f"{path.name}-wal")) if file.exists()]
    trackers = UrnBallot.objects.values_list("tracker", flat=True)
    return sum(max(0, sum(file.count(code.encode()) for file in files) - 2) for code in trackers)


def test_files_hold_no_ballot_that_closing_deleted(closed):
    assert UrnBallot.objects.filter(round=closed).count() == 30
    assert _deleted_rows_in_files() == 0


def test_round_closed_in_peace_is_wiped_at_once_and_never_again(closed, django_assert_num_queries):
    assert Round.objects.get(pk=closed.pk).wiped_at is not None
    later = database_now()
    with django_assert_num_queries(1):
        assert wipe_closed_rounds(at=later) == 0


def test_files_are_wiped_later_where_somebody_read_at_closing(voted, caplog):
    caplog.set_level(logging.WARNING)
    with _reader():
        close_round(by=None, round=voted, at=database_now())
        assert "may remain" in caplog.text
        assert wipe_closed_rounds(at=database_now()) == 0
        assert Round.objects.get(pk=voted.pk).wiped_at is None
    now = database_now()
    assert wipe_closed_rounds(at=now) == 1
    assert Round.objects.get(pk=voted.pk).wiped_at == now
    assert _deleted_rows_in_files() == 0


@pytest.mark.parametrize("table", ["civic_openballot", "civic_receipt"])
def test_nobody_waits_long_behind_a_reader_at_closing(voted, table):
    now = database_now()
    other = make_open(opens_at=now, closes_at=now + WEEK, at=now)
    with _reader(table):
        begun = monotonic()
        close_round(by=None, round=voted, at=now)
        assert monotonic() - begun < 2
        vote(other, 1, at=now)
        assert monotonic() - begun < 3


@pytest.mark.postgresql
def test_ballots_wait_half_a_second_for_the_wipe_that_waits_for_a_reader(voted):
    now = database_now()
    other = make_open(opens_at=now, closes_at=now + WEEK, at=now)
    with _reader(), ThreadPoolExecutor() as pool:
        closing = pool.submit(_on_its_own_connection, close_round, by=None, round=voted, at=now)
        voters = [pool.submit(_on_its_own_connection, _vote_timed, other, now) for _ in range(3)]
        assert max(voter.result(timeout=30) for voter in voters) < 2
        closing.result(timeout=30)


@pytest.mark.postgresql  # it copies what an older transaction may still look at, whatever that reads
def test_rows_that_the_wipe_would_copy_are_not_called_gone(voted):
    with _reader("civic_district"):
        close_round(by=None, round=voted, at=database_now())
        assert Round.objects.get(pk=voted.pk).wiped_at is None
    assert wipe_closed_rounds(at=database_now()) == 1
    assert _deleted_rows_in_files() == 0


def test_wipe_that_a_purge_owes_is_done_by_the_clock(voted):
    at = database_now()
    Receipt.objects.create(person=Person.objects.first(), key="old", fingerprint="", at=at - timedelta(days=60))
    with _reader():
        purge(RetentionRule.objects.filter(code="receipts"), at=at)
        assert wipe_is_owed()
        wipe_ballots(at)
        assert wipe_is_owed()
    wipe_ballots(at)
    assert not wipe_is_owed()


CACHES_AWAY = {
    "redis": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"},
    "table": {"BACKEND": "livinglab.shared_cache.SharedCache", "LOCATION": "no_such_table"},
}


@pytest.fixture(params=CACHES_AWAY)
def without_cache(request: pytest.FixtureRequest, settings: Settings) -> None:
    """Nobody listens there, or nobody has made its table yet."""
    settings.CACHES = {"default": CACHES_AWAY[request.param]}


def test_round_is_wiped_once_while_the_cache_is_away(voted, without_cache, caplog):
    caplog.set_level(logging.WARNING)
    close_round(by=None, round=voted, at=database_now())
    assert Round.objects.get(pk=voted.pk).wiped_at is not None
    assert _deleted_rows_in_files() == 0
    assert "the cache fails" in caplog.text
    assert wipe_closed_rounds(at=database_now()) == 0


def test_purge_goes_through_while_the_cache_is_away(voted, without_cache):
    at = database_now()
    Receipt.objects.create(person=Person.objects.first(), key="old", fingerprint="", at=at - timedelta(days=60))
    (purged,) = purge(RetentionRule.objects.filter(code="receipts"), at=at)
    assert (purged.number, purged.failed) == (1, False)


def test_transaction_goes_on_after_a_cache_that_is_away_was_asked(voted, without_cache):
    with transaction.atomic():
        assert not wipe_is_owed()
        assert Round.objects.filter(pk=voted.pk).exists()


def test_wait_of_other_statements_stays_what_it_was(closed):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20_000,)


def test_clock_asks_until_every_round_is_wiped():
    assert wipe_ballots in [sweep for _seconds, sweep in SWEEPS]


def _on_its_own_connection(act: Any, *args: Any, **named: Any) -> Any:
    try:
        return act(*args, **named)
    finally:
        connection.close()


def _vote_timed(round: Round, at: datetime) -> float:
    begun = monotonic()
    vote(round, 1, at=at)
    return monotonic() - begun
