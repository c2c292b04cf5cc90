"""How is the installation doing? What /readyz, /metrics and `livinglab doctor` all look at."""

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
    """`waiting` items without a number, the oldest for `seconds`; how many items each consumer is `behind`."""

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
        lag=_lag(at, row.seq),
        set_aside=SetAside.objects.count(),
        waiting=unsent.count(),
        overdue=unsent.filter(due_at__lt=at - LATE).count(),
        failing=undelivered().count(),
        given_up=given_up().count(),
    )


def _lag(at: datetime, last: int) -> Lag:
    waiting = Item.objects.filter(seq__isnull=True).aggregate(count=Count("id"), since=Min("at"))
    seconds = max(0.0, (at - waiting["since"]).total_seconds()) if waiting["since"] else 0.0
    behind = {name: last - seq for name, seq in Consumer.objects.order_by("name").values_list("name", "seq")}
    return Lag(waiting["count"], seconds, behind)
