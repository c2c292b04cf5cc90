"""What does the clock do by itself? Each line: every how many seconds, and what."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.cache import cache

from civic.devices.actions.findings import judge_devices
from civic.devices.actions.keeping import forget_readings
from civic.devices.judging.sun import Sky
from civic.faults.actions import open_by_finding, resolve_by_evidence
from civic.faults.contradiction import contradictions
from civic.faults.evidence import evidence_of
from civic.faults.queries import awaiting_evidence, heard_since
from civic.faults.states import State
from civic.limits.actions import forget_counts
from civic.people.actions import expire_role, forget_letters
from civic.people.models import RoleGrant
from civic.people.queries import run_out
from civic.privacy.purging import purge_by_night
from civic.proposals.actions import expire_proposal
from civic.proposals.queries import ran_out
from civic.refusals import Refused
from civic.voting.actions import close_round, open_round, wipe_closed_rounds
from civic.voting.queries import to_close, to_open

BATCH = 200
LOOKED_AT = "sweeps:close_mended"  # the fault that the last sweep ended at
AWAKE = "sweeps:find_faults"  # since when it judges without a pause, and when it last said so
ASLEEP = timedelta(minutes=5)


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


def expire_roles(at: datetime) -> int:
    """End roles whose term is over; returns how many. From that moment none of them counted."""
    ended = 0
    for grant in run_out(at)[:BATCH]:
        try:
            expire_role(grant=grant, at=at)
        except (Refused, RoleGrant.DoesNotExist):  # another worker was quicker
            continue
        ended += 1
    return ended


def find_faults(at: datetime) -> int:
    """Judge the devices that spoke or fell silent; returns how many findings were opened or closed.

    After a pause of its own it does not know who was silent meanwhile: devices without a gateway begin anew.
    """
    since, last = cache.get(AWAKE, (at, None))
    since = since if last and at - last < ASLEEP else at
    if last is None or at - last > ASLEEP / 5:  # not a row every five seconds
        cache.set(AWAKE, (since, at), None)
    return judge_devices(awake_since=since, at=at)


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


def follow_findings(at: datetime) -> int:
    """Open faults whose devices say that they are not over, whatever was written of them; returns how many."""
    found = contradictions(at)
    for one in found:
        open_by_finding(device=one.device, code=one.code, at=one.at)
    return len(found)


def forget_codes(at: datetime) -> int:
    """Drop codes of letters that are over; returns how many."""
    return forget_letters(at=at)


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
    (5, expire_roles),
    (20, close_mended),
    (20, follow_findings),
    (5, open_rounds),
    (5, close_rounds),
    (20, wipe_ballots),
    (60, expire_proposals),
    (600, purge_by_night),
    (3600, forget_codes),
]
