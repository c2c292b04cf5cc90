"""What does the clock do by itself? Each line: every how many seconds, and what."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.cache import cache

from civic.devices.actions.findings import judge_devices
from civic.devices.actions.keeping import forget_readings
from civic.devices.judging.sun import Sky
from civic.faults.actions import forget_contacts, resolve_by_evidence
from civic.faults.evidence import evidence_of
from civic.faults.queries import awaiting_evidence, heard_since
from civic.faults.states import State
from civic.ledger.receipts import forget_receipts
from civic.limits.actions import forget_counts
from civic.outbox.actions import forget_messages
from civic.people.actions import lapse_account
from civic.people.models import Person
from civic.people.queries import never_confirmed
from civic.people.rules import UNCONFIRMED_DAYS
from civic.proposals.actions import expire_proposal
from civic.proposals.queries import ran_out
from civic.refusals import Refused
from civic.voting.actions import close_round, open_round, wipe_closed_rounds
from civic.voting.queries import to_close, to_open

BATCH = 200
LOOKED_AT = "sweeps:close_mended"  # the fault that the last sweep ended at


def expire_proposals(at: datetime) -> int:
    """Close windows that ran out; returns how many. A proposal that moved meanwhile is left alone."""
    closed = 0
    for proposal in ran_out(at)[:BATCH]:
        try:
            expire_proposal(proposal=proposal, at=at)
        except Refused:
            continue
        closed += 1
    return closed


def lapse_accounts(at: datetime) -> int:
    """Remove accounts that nobody confirmed in time; returns how many. One confirmed meanwhile is left alone."""
    gone = 0
    for person in never_confirmed(at - timedelta(days=UNCONFIRMED_DAYS))[:BATCH]:
        try:
            lapse_account(person=person, at=at)
        except (Refused, Person.DoesNotExist):  # another worker was quicker
            continue
        gone += 1
    return gone


def forget_mail(at: datetime) -> int:
    """Drop mails whose time of keeping is over; returns how many."""
    return forget_messages(at=at)


def forget_answers(at: datetime) -> int:
    """Drop answers to writes that nobody repeats any more; returns how many."""
    return forget_receipts(at=at)


def find_faults(at: datetime) -> int:
    """Judge the devices that spoke or fell silent; returns how many findings were opened or closed."""
    return judge_devices(at=at)


def open_rounds(at: datetime) -> int:
    """Open announced votes whose time has come; returns how many."""
    opened = 0
    for round in to_open(at)[:BATCH]:
        try:
            open_round(by=None, round=round, at=at)
        except Refused:
            continue
        opened += 1
    return opened


def close_rounds(at: datetime) -> int:
    """Close votes whose time is over, and part their ballots from the voters; returns how many."""
    closed = 0
    for round in to_close(at)[:BATCH]:
        try:
            close_round(by=None, round=round, at=at)
        except Refused:
            continue
        closed += 1
    return closed


def wipe_ballots(at: datetime) -> int:
    """Try again to clear the files of ballots where somebody read from them at closing; returns how many rounds."""
    return wipe_closed_rounds(at=at)


def close_mended(at: datetime) -> int:
    """Close faults whose devices have been well through a night since; returns how many.

    The oldest first, and after as many as one sweep looks at the next goes on behind them: none waits for ever.
    """
    waiting = list(awaiting_evidence().filter(pk__gt=cache.get(LOOKED_AT, 0))[:BATCH])
    cache.set(LOOKED_AT, waiting[-1].pk if len(waiting) == BATCH else 0, None)
    skies: dict[str, Sky] = {}
    mended = [fault for fault in waiting if heard_since(fault) and evidence_of(fault, at, skies)]
    return sum(resolve_by_evidence(fault=fault, at=at).state == State.RESOLVED for fault in mended)


def forget_reporters(at: datetime) -> int:
    """Drop addresses of reporters whose fault has long been closed; returns how many."""
    return forget_contacts(at=at)


def forget_limits(at: datetime) -> int:
    """Drop what was counted for limits in stretches that are over; returns how many."""
    return forget_counts(at=at)


def forget_raw_readings(at: datetime) -> int:
    """Drop raw readings whose time of keeping is over; returns how many."""
    return forget_readings(at=at)


SWEEPS: list[tuple[int, Callable[[datetime], int]]] = [
    (5, find_faults),
    (60, forget_raw_readings),
    (600, forget_limits),
    (20, close_mended),
    (5, open_rounds),
    (5, close_rounds),
    (20, wipe_ballots),
    (60, expire_proposals),
    (600, lapse_accounts),
    (3600, forget_mail),
    (3600, forget_answers),
    (3600, forget_reporters),
]
