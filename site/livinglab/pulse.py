"""How is the installation doing? What /readyz, /metrics and `livinglab doctor` all look at."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min

from civic.clocks.now import database_now
from civic.feed.models import Consumer, Item, SetAside
from civic.feed.numbering import head
from civic.outbox.queries import given_up, open_messages, undelivered

LATE = timedelta(seconds=30)  # a thing that waited so long means that no worker runs


@dataclass(frozen=True)
class Lag:
    """`waiting` items without a number, one seen to wait for `seconds`; how many items each consumer is `behind`."""

    waiting: int
    seconds: float
    behind: dict[str, int]


@dataclass(frozen=True)
class Pulse:
    """One look at the feed and the outbox at `at`: `seq` is the last number, `overdue` mails should have left."""

    at: datetime
    epoch: str
    seq: int
    lag: Lag
    set_aside: int
    waiting: int
    overdue: int
    failing: int
    given_up: int

    @property
    def feed_is_late(self) -> bool:
        """Whether something has waited for its number too long."""
        return self.lag.seconds > LATE.total_seconds()


def feel_pulse() -> Pulse:
    """Some small queries."""
    at = database_now()
    row = head()
    unsent = open_messages()
    return Pulse(
        at=at,
        epoch=row.epoch,
        seq=row.seq,
        lag=_lag(row.seq),
        set_aside=SetAside.objects.count(),
        waiting=unsent.count(),
        overdue=unsent.filter(due_at__lt=at - LATE).count(),
        failing=undelivered().count(),
        given_up=given_up().count(),
    )


@dataclass
class Watch:
    """How long has the same item been first in line? Between looks, by this process's own clock.

    An item's `at` cannot tell: the demonstration, an import or a late commit dates it back, and it waits no longer
    for that. Nor can one look: a moment's wait is how the feed works. Who polls sees a stop after LATE.
    """

    first: int | None = None
    since: float = 0.0

    def seconds(self, first: int | None) -> float:
        """`first` is the lowest id without a number, if there is one."""
        now = time.monotonic()
        if first is None or first != self.first:
            self.first, self.since = first, now
        return now - self.since


watch = Watch()


def feed_moves_within(seconds: float) -> bool:
    """Whether what waits now has its number so soon: for a command, which looks only once."""
    end = time.monotonic() + seconds
    first = _waiting()["first"]
    while first is not None and Item.objects.filter(id=first, seq__isnull=True).exists():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def _waiting() -> dict[str, int | None]:
    return Item.objects.filter(seq__isnull=True).aggregate(count=Count("id"), first=Min("id"))


def _lag(last: int) -> Lag:
    waiting = _waiting()
    behind = {name: last - seq for name, seq in Consumer.objects.order_by("name").values_list("name", "seq")}
    return Lag(waiting["count"] or 0, watch.seconds(waiting["first"]), behind)
