"""What does the clock do by itself? Each line: every how many seconds, and what."""

from collections.abc import Callable
from datetime import datetime

from civic.devices.actions.findings import judge_devices
from civic.proposals.actions import expire_proposal
from civic.proposals.queries import ran_out
from civic.refusals import Refused

BATCH = 200


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


def find_faults(at: datetime) -> int:
    """Judge the devices that spoke or fell silent; returns how many findings were opened or closed."""
    return judge_devices(at=at)


SWEEPS: list[tuple[int, Callable[[datetime], int]]] = [(60, expire_proposals), (5, find_faults)]
