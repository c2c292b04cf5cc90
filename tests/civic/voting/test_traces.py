"""What do the database's own files keep of ballots after closing?"""

import logging
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from civic.clocks.now import database_now
from civic.voting.actions import close_round
from civic.voting.models import OpenBallot, UrnBallot
from tests.voting import WEEK, make_open, vote

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def closed(caplog):
    """A round in which 30 ballots were cast and changed before it was closed."""
    caplog.set_level(logging.WARNING)
    now = database_now()
    round = make_open(opens_at=now, closes_at=now + WEEK, at=now)
    for n in range(30):
        person = vote(round, n % 3 + 1, at=now)
        vote(round, (n + 1) % 3 + 1, by=person, at=now)
    closed = close_round(by=None, round=round, at=now)
    assert "may remain" not in caplog.text
    return closed


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
