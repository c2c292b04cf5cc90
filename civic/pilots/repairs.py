"""How long did repairs take, period by period? Pure: moments in, periods and medians out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from statistics import median

from civic.clocks.deadlines import SEOUL

PERIOD = timedelta(days=30)
SHORTEST = PERIOD / 2  # what is shorter says too little to be judged by
BEFORE = timedelta(days=90)  # how far back the baseline looks
OUTCOME = timedelta(days=365)  # what was expanded is watched for a year (국민 제안 규정 article 23)
NEXT = timedelta(microseconds=1)  # periods leave their end out


@dataclass(frozen=True)
class Median:
    """Half of the `n` repairs until the local day `on` took at most `hours`; None where there were none."""

    on: date
    hours: Decimal | None
    n: int


def periods(start: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """Thirty days each from `start`; the last ends at `until` and takes less than half a period after it along."""
    found: list[tuple[datetime, datetime]] = []
    since = start
    while since < until:
        end = min(since + PERIOD, until)
        if found and end - since < SHORTEST:
            found[-1] = (found[-1][0], end)
        else:
            found.append((since, end))
        since += PERIOD
    return found


def median_of(hours: Iterable[float], end: datetime) -> Median:
    """The median to one decimal, as pages show it, of a period that ends before `end`."""
    known = list(hours)
    middle = Decimal(str(round(median(known), 1))) if known else None
    return Median(last_day_of(end), middle, len(known))


def last_day_of(end: datetime) -> date:
    """The local day that holds the last moment before `end`."""
    return (end - NEXT).astimezone(SEOUL).date()
