"""What does the worker do? Numbers items, runs reactions, sends mail, sweeps deadlines; again at every knock."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from django.db import InterfaceError, OperationalError, connection

from civic.clocks.now import database_now
from civic.feed.keeping import trim
from civic.feed.listen import Listener, listener
from civic.feed.numbering import number_items
from civic.outbox.actions import deliver_due
from civic.reactions.run import enlist_all, run_all
from civic.reactions.sweeps import SWEEPS
from cms.schedule import publish_scheduled

from .shared_cache import clear_cache

IDLE = 1.0  # seconds after which it looks even when nobody knocked: what a lost wake-up costs at most
LONGEST_PAUSE = 10.0  # seconds between two tries while the database is gone

Job = Callable[[datetime], int]
logger = logging.getLogger(__name__)


# Every how many seconds, and what.
JOBS: list[tuple[int, Job]] = [*SWEEPS, (60, publish_scheduled), (600, trim), (3600, clear_cache)]


def work(stop: threading.Event) -> None:
    """Work until `stop` is set; a batch that has begun is finished. Outlives the loss of the database."""
    timetable = Timetable(JOBS)
    ears: Listener | None = None
    pause = 0.2
    while not stop.is_set():
        try:
            if ears is None:
                enlist_all()
                ears = listener()
            do_everything(timetable)
            pause = 0.2
            ears.wait(IDLE)
        except (OperationalError, InterfaceError) as error:
            logger.warning("The database does not answer, next try in %.1f s: %s", pause, error)
            connection.close()
            _close(ears)
            ears = None
            stop.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
    _close(ears)


def do_everything(timetable: "Timetable") -> int:
    """One round, until nothing is left to do; returns how many things were done."""
    done = 0
    while True:
        at = database_now()
        count = number_items() + run_all(at=at) + deliver_due(at=at) + timetable.run_due(at)
        if not count:
            return done
        done += count


def work_once() -> int:
    """Everything there is to do now, every job included; returns how many things were done."""
    enlist_all()
    return do_everything(Timetable(JOBS))


class Timetable:
    """Jobs with their intervals. Each runs first at once, then whenever its seconds have passed."""

    def __init__(self, jobs: list[tuple[int, Job]]) -> None:
        self._jobs = jobs
        self._next = dict.fromkeys(range(len(jobs)), 0.0)

    def run_due(self, at: datetime) -> int:
        """Run what is due. A job that fails is logged and tried again at its next turn; the others run."""
        done = 0
        for number, (seconds, job) in enumerate(self._jobs):
            if time.monotonic() < self._next[number]:
                continue
            self._next[number] = time.monotonic() + seconds
            try:
                done += job(at)
            except (OperationalError, InterfaceError):
                raise
            except Exception:
                logger.exception("The job %s failed", job.__name__)
        return done


def _close(ears: Listener | None) -> None:
    if ears is not None:
        ears.close()
