"""What must not come back with an older database? Sign-ins, and whoever left since, before anything serves."""

from dataclasses import dataclass
from datetime import datetime

from civic.people.actions.sessions import end_every_session
from civic.privacy.actions import erase_again
from civic.privacy.purging import RESTORE, purge


@dataclass(frozen=True)
class Gone:
    """How many accounts were erased anew, how much else went because its time is over, and which kinds failed."""

    people: int
    rows: int
    failed: tuple[str, ...]


def destroy_again(*, at: datetime) -> Gone:
    """On a database whose tables are up to date: end every sign-in, for some were ended since, replay destroyed.log,
    then destroy what its own rules say is over.
    """
    end_every_session()
    people = erase_again(at=at)
    purged = purge(by=RESTORE, at=at)
    failed = tuple(one.code for one in purged if one.failed)
    return Gone(people, sum(one.number for one in purged), failed)
