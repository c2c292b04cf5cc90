"""Days as the law counts them."""

from datetime import UTC, datetime

import pytest

from civic.clocks.deadlines import SEOUL, days_between, days_left, end_of_day_after, last_day


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (datetime(2026, 3, 2, 0, 0, tzinfo=SEOUL), datetime(2026, 4, 2, tzinfo=SEOUL)),
        (datetime(2026, 3, 2, 23, 59, 59, tzinfo=SEOUL), datetime(2026, 4, 2, tzinfo=SEOUL)),
        (datetime(2026, 3, 2, 15, 0, tzinfo=UTC), datetime(2026, 4, 3, tzinfo=SEOUL)),  # already 3 March in Seoul
        (datetime(2027, 12, 15, 12, 0, tzinfo=SEOUL), datetime(2028, 1, 15, tzinfo=SEOUL)),
    ],
)
def test_ac_2_6_received_2_march_is_due_in_30_calendar_days(received, due):
    assert end_of_day_after(received, 30) == due


def test_days_left_counts_down_to_zero_on_the_last_day_and_below_when_late():
    deadline = datetime(2026, 4, 2, tzinfo=SEOUL)
    assert last_day(deadline).date().isoformat() == "2026-04-01"
    moments = [datetime(2026, 3, 20, 9, tzinfo=SEOUL), datetime(2026, 4, 1, 23, tzinfo=SEOUL), deadline]
    assert [days_left(deadline, moment) for moment in moments] == [12, 0, -1]


def test_days_between_counts_local_days():
    assert days_between(datetime(2026, 3, 2, 14, 59, tzinfo=UTC), datetime(2026, 3, 2, 15, 0, tzinfo=UTC)) == 1
