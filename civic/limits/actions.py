"""How are acts counted so that every process sees one number? By one statement, or by Redis where there is one."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils.crypto import salted_hmac

from .models import WriteCount

# One statement on both databases: what two processes count at the same moment are two.
_COUNT = """
    INSERT INTO civic_writecount (key, number, until) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET number = civic_writecount.number + excluded.number
    RETURNING number"""


def count_act(*, who: str, what: str, seconds: int, number: int = 1, at: datetime) -> tuple[int, int]:
    """Count `number` more; returns how many there are in this stretch, and the seconds until the next begins.

    Stretches stand side by side, so that around their border twice as much fits: cheap, and good enough for limits.
    """
    stretch, gone = divmod(int(at.timestamp()), seconds)
    key = salted_hmac("limits", f"{what}:{who}:{seconds}:{stretch}", algorithm="sha256").hexdigest()
    left = seconds - gone
    counted = _in_redis if settings.REDIS_URL else _in_table
    return counted(key, number, at.astimezone(UTC).replace(microsecond=0) + timedelta(seconds=left), left), left


def forget_counts(*, at: datetime) -> int:
    """Drop the counts of stretches that are over; returns how many."""
    return WriteCount.objects.filter(until__lt=at).delete()[0]


def _in_table(key: str, number: int, until: datetime, left: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key, number, connection.ops.adapt_datetimefield_value(until)])
        return int(cursor.fetchone()[0])


def _in_redis(key: str, number: int, until: datetime, left: int) -> int:
    name = f"limits:{key}"
    cache.add(name, 0, left + 1)
    try:
        return int(cache.incr(name, number))
    except ValueError:  # it ran out between the two
        return number
