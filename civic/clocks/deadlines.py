"""When does a period end? Pure: moments and days in, moments out."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")


def end_of_day_after(at: datetime, days: int) -> datetime:
    """The end of the `days`-th local day after `at`, as an aware moment (the midnight that closes it).

    The first day is not counted and the last runs to its end: Civil Act (민법) articles 157 and 159.
    """
    return end_of_day(at.astimezone(SEOUL).date() + timedelta(days=days))


def end_of_day(day: date) -> datetime:
    """The midnight in Seoul that closes the day."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=SEOUL)


def last_day(deadline: datetime) -> datetime:
    """The last moment that is still inside `deadline`, for showing its date."""
    return deadline.astimezone(SEOUL) - timedelta(microseconds=1)


def days_left(deadline: datetime, at: datetime) -> int:
    """Whole local days from `at` to the last day of `deadline`: 0 on the last day, negative when late."""
    return (last_day(deadline).date() - at.astimezone(SEOUL).date()).days


def days_between(start: datetime, end: datetime) -> int:
    """Local days from one moment to another: 0 on the same day."""
    return (end.astimezone(SEOUL).date() - start.astimezone(SEOUL).date()).days
