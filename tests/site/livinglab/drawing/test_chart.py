"""Do the drawings of an indicator show what was measured, to one scale, and end where the verdict was made?"""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from civic.pilots.series import AFTER, Point, Series
from livinglab.drawing.chart import kpi_bars, kpi_chart, kpi_line

DAYS = [date(2026, 8, 26) + timedelta(days=30 * n) for n in range(5)]


def told(*values: str, after: str = "") -> Series:
    """An indicator with these values up to its verdict, and perhaps one of after the expansion."""
    when = [(value, "") for value in values] + ([(after, AFTER)] if after else [])
    points = tuple(
        Point(on, Decimal(value), value, 9, "", False, "", said) for on, (value, said) in zip(DAYS, when, strict=False)
    )
    return Series(1, "고장을 알고 고치기까지", "시간", True, True, Decimal(24), "24", points)


def test_bars_are_drawn_in_boxes_of_one_width_as_long_as_their_values():
    drawn = str(kpi_bars(told("92", "61", "38", "19.5")))
    assert set(re.findall(r'viewBox="0 0 (\d+) 36" width="(\d+)"', drawn)) == {("300", "300")}
    lengths = [int(length) for length in re.findall(r'<rect width="(\d+)"', drawn)]
    for length, value in zip(lengths, (92, 61, 38, 19.5), strict=True):
        assert length == pytest.approx(300 * value / 100, abs=0.5)


@pytest.mark.parametrize("draw", [kpi_bars, kpi_line, kpi_chart])
def test_every_drawing_ends_at_the_verdict_with_its_value_lit(draw):
    judged = str(draw(told("92", "61", "19.5")))
    assert str(draw(told("92", "61", "19.5", after="2.3"))) == judged
    assert set(re.findall(r'class="chart-last"[^>]*>([\d.]+)<', judged)) <= {"19.5"}


def test_nothing_is_drawn_of_what_was_only_measured_after_the_expansion():
    only = told(after="2.3")
    assert (kpi_line(only), kpi_chart(only), only.first, only.last) == ("", "", None, None)
    assert "bar-now" not in kpi_bars(only)
