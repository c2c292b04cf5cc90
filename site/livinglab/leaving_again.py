"""What must not come back with an older database? Sign-ins, and whoever left since, before anything serves."""

from dataclasses import dataclass
from datetime import datetime

from civic.people.actions.sessions import end_every_session
from civic.privacy.actions import erase_again
from civic.privacy.destroyed import LOST, note_done
from civic.privacy.purging import RESTORE, purge
from civic.privacy.queries.unlisted import unlisted_erasures


@dataclass(frozen=True)
class Gone:
    """How many accounts were erased anew, how much else went because its time is over, and which kinds failed.

    `unlisted`: leavings that the database tells and destroyed.log does not, so that it is no file of today.
    """

    people: int
    rows: int
    failed: tuple[str, ...]
    unlisted: int


def destroy_again(*, at: datetime) -> Gone:
    """On a database whose tables are up to date: end every sign-in, for some were ended since, replay destroyed.log,
    then destroy what its own rules say is over.
    """
    end_every_session()
    people = erase_again(at=at)
    purged = purge(by=RESTORE, at=at)
    failed = tuple(one.code for one in purged if one.failed)
    return Gone(people, sum(one.number for one in purged), failed, unlisted_erasures())


def take_as_lost(*, at: datetime) -> None:
    """Go on without the lines that destroyed.log does not have: what the ledger tells up to now asks for none."""
    note_done(what=LOST, at=at)
