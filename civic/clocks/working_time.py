"""When have offices been at work for so long? Pure: moments, hours and closed days in, moments out."""

from collections.abc import Container, Iterator
from datetime import date, datetime, time, timedelta

from .deadlines import SEOUL

# Nine to six with an hour at noon, Monday to Friday: 국가공무원 복무규정 article 9, 지방공무원 복무규정 article 2.
SHIFTS = ((time(9), time(12)), (time(13), time(18)))
SATURDAY = 5


def after_working_hours(at: datetime, hours: float, closed: Container[date] = ()) -> datetime:
    """The moment at which offices have worked `hours` since `at`; `closed` are the holidays among the days."""
    left = timedelta(hours=hours)
    for start, end in _shifts_from(at, closed):
        begin = max(start, at)
        if begin + left <= end:
            return begin + left
        left -= max(end - begin, timedelta(0))
    raise AssertionError("shifts never end")


def _shifts_from(at: datetime, closed: Container[date]) -> Iterator[tuple[datetime, datetime]]:
    day = at.astimezone(SEOUL).date()
    while True:
        if day.weekday() < SATURDAY and day not in closed:
            for start, end in SHIFTS:
                yield datetime.combine(day, start, tzinfo=SEOUL), datetime.combine(day, end, tzinfo=SEOUL)
        day += timedelta(days=1)
