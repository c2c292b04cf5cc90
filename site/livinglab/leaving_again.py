"""What must not come back with an older database? Whoever left since goes again, before anything serves."""

from dataclasses import dataclass
from datetime import datetime

from civic.privacy.actions import erase_again
from civic.privacy.purging import RESTORE, purge


@dataclass(frozen=True)
class Gone:
    """How many accounts were erased anew, how much else went because its time is over, and which kinds failed."""

    people: int
    rows: int
    failed: tuple[str, ...]


def destroy_again(*, at: datetime) -> Gone:
    """Replay destroyed.log on a database whose tables are up to date, then destroy what its own rules say is over."""
    people = erase_again(at=at)
    purged = purge(by=RESTORE, at=at)
    failed = tuple(one.code for one in purged if one.failed)
    return Gone(people, sum(one.number for one in purged), failed)
