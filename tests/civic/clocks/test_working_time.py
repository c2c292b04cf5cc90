"""Do working hours know nights, noon, weekends and holidays?"""

from datetime import date, datetime, timedelta

import pytest

from civic.clocks.deadlines import SEOUL
from civic.clocks.working_time import after_working_hours

WEDNESDAY = datetime(2026, 3, 4, tzinfo=SEOUL)


def at(hour, minute=0, days=0):
    return WEDNESDAY + timedelta(days=days, hours=hour, minutes=minute)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (at(9), 3, at(12)),
        (at(10), 3, at(14)),  # an hour at noon is nobody's
        (at(11, 30), 1, at(13, 30)),
        (at(12, 30), 1, at(14)),
        (at(16), 3, at(10, days=1)),
        (at(20), 3, at(12, days=1)),
        (at(3), 3, at(12)),
        (at(17, days=2), 3, at(11, days=5)),  # Friday evening to Monday
        (at(12, days=3), 8, at(18, days=5)),  # from a Saturday
        (at(9), 0, at(9)),
    ],
)
def test_hours_run_only_while_offices_work(start, hours, end):
    assert after_working_hours(start, hours) == end


def test_holiday_is_no_working_day():
    holidays = {date(2026, 3, 5), date(2026, 3, 6)}
    assert after_working_hours(at(17), 3, holidays) == at(11, days=5)
