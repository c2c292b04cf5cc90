"""Does the worker do everything there is to do, once and again, and leave when told?"""

import threading
import time
from collections import Counter
from datetime import datetime

import pytest
from django.db import connection

from civic.clocks.now import database_now
from civic.feed.models import Consumer, Item
from civic.feed.write import append
from civic.notifications.models import Notice
from civic.outbox.actions import queue_message
from civic.outbox.models import Message
from livinglab.worker import Timetable, work, work_once
from tests.making import add_supports, make_proposal

pytestmark = pytest.mark.django_db(transaction=True)


def test_work_once_numbers_reacts_and_sends() -> None:
    work_once()
    at = database_now()
    proposal = add_supports(make_proposal(at=at), 30, at=at)
    queue_message(sender="a@example.org", recipient="b@example.org", subject="s", body="b", at=at)

    assert work_once() > 0

    assert not Item.objects.filter(seq__isnull=True).exists()
    told = Counter(Notice.objects.values_list("fact", "key"))
    assert told == {("ProposalReachedThreshold", proposal.key): 31}  # its author and 30 supporters
    assert not Message.objects.filter(sent_at__isnull=True).exists()


def test_work_once_again_has_nothing_left() -> None:
    make_proposal(at=database_now())
    work_once()
    assert work_once() == 0


def test_work_closes_what_ran_out() -> None:
    proposal = make_proposal()
    work_once()
    proposal.refresh_from_db()
    assert proposal.state == "expired"


def test_work_leaves_cursors_of_a_newer_version_alone() -> None:
    Consumer.objects.create(name="civic.reactions.newer", seq=0)
    work_once()
    assert Consumer.objects.filter(name="civic.reactions.newer").exists()


def test_worker_numbers_within_a_second_and_stops_when_told() -> None:
    stop = threading.Event()

    def run() -> None:
        work(stop)
        connection.close()

    worker = threading.Thread(target=run)
    worker.start()
    try:
        time.sleep(0.5)
        append(key="thing:1", kind="Something", at=database_now(), state={}, audience="public")
        took = _seconds_until(lambda: not Item.objects.filter(seq__isnull=True).exists())
    finally:
        stop.set()
        worker.join(10)
    assert not worker.is_alive()
    assert took < 3  # a second in the worst case, and a machine that does other things


def test_timetable_job_that_fails_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    def fails(at: datetime) -> int:
        raise ValueError("poison")

    timetable = Timetable([(60, fails), (60, lambda at: 2)])
    assert timetable.run_due(database_now()) == 2
    assert [record.message for record in caplog.records] == ["The job fails failed"]


def test_timetable_runs_a_job_again_only_after_its_seconds() -> None:
    timetable = Timetable([(60, lambda at: 1), (0, lambda at: 10)])
    assert [timetable.run_due(database_now()) for _turn in range(2)] == [11, 10]


def _seconds_until(done) -> float:
    start = time.monotonic()
    while not done() and time.monotonic() - start < 10:
        time.sleep(0.02)
    return time.monotonic() - start
