"""What time is it? The database says, so that all processes agree; the edge asks once per write."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import DateTimeField, ExpressionWrapper, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Now
from django.utils.dateparse import parse_datetime

_QUESTION = {
    "postgresql": "SELECT clock_timestamp()",
    "sqlite": "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')",
}


def database_now() -> datetime:
    """The database's clock in UTC, moved by CLOCK_OFFSET seconds (demonstrations and tests only)."""
    with connection.cursor() as cursor:
        cursor.execute(_QUESTION[connection.vendor])
        moment = cursor.fetchone()[0]
    if isinstance(moment, str):
        parsed = parse_datetime(moment)
        assert parsed is not None
        moment = parsed.replace(tzinfo=UTC)
    return moment + timedelta(seconds=settings.CLOCK_OFFSET)


def database_clock() -> Combinable:
    """The same clock as an expression, for a statement that compares with it: no question of its own."""
    if not settings.CLOCK_OFFSET:
        return Now()
    moved = Now() + Value(timedelta(seconds=settings.CLOCK_OFFSET))
    return ExpressionWrapper(moved, output_field=DateTimeField())
