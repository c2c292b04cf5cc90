"""What goes by itself? Every night each kind of data whose time is over; `livinglab purge` does it at once."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from civic.clocks.unhurried import unhurried
from civic.voting.traces import wipe_traces

from .actions import BATCH, destroy_over
from .models import RetentionRule
from .queries import due_tonight, known_rules

CLOCK, COMMAND, RESTORE = "clock", "command", "restore"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Purged:
    """What became of one kind of data: how many went, or that it failed."""

    code: str
    days: int
    number: int
    failed: bool = False


def purge_by_night(at: datetime) -> int:
    """Destroy what is over of the kinds not looked at since last night; returns how many."""
    return sum(purged.number for purged in purge(due_tonight(at), by=CLOCK, at=at))


@unhurried()
def purge(rules: Iterable[RetentionRule] | None = None, *, by: str = COMMAND, at: datetime) -> list[Purged]:
    """Destroy what is over, kind by kind (None: of every kind); one that fails is logged and holds up no other."""
    found = [_purged(rule, by, at) for rule in (known_rules() if rules is None else rules)]
    if any(purged.number for purged in found):
        wipe_traces()  # not even the database's journal holds it; where somebody reads, the clock asks again
    return found


def _purged(rule: RetentionRule, by: str, at: datetime) -> Purged:
    number = 0
    try:
        while True:
            gone = destroy_over(rule=rule, by=by, at=at)
            number += gone
            if gone < BATCH:
                return Purged(rule.code, rule.days, number)
    except Exception:  # an unforeseen row of one kind must not keep the others from going
        logger.exception("What is over of %s could not be destroyed", rule.code)
        return Purged(rule.code, rule.days, number, failed=True)
