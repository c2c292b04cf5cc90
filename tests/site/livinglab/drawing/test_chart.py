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


def test_bars_and_the_small_line_end_at_the_verdict_with_one_value_lit():
    watched, judged = told("92", "61", "19.5", after="2.3"), told("92", "61", "19.5")
    for draw in (kpi_bars, kpi_line):
        assert str(draw(watched)) == str(draw(judged))
    assert str(kpi_bars(watched)).count("bar-now") == 1


def test_chart_lights_the_verdicts_value_and_hangs_later_ones_unlit_on_a_dashed_line():
    drawn = str(kpi_chart(told("92", "61", "19.5", after="2.3")))
    assert re.findall(r'class="chart-last"[^>]*>([\d.]+)<', drawn) == ["19.5", "19.5"]
    assert re.findall(r'class="chart-value"[^>]*>([\d.]+)<', drawn) == ["92", "61", "2.3"] * 2
    assert drawn.count("chart-watched") == 2
    assert f">{DAYS[3].month}.{DAYS[3].day}<" not in drawn


def test_small_line_of_what_was_only_measured_after_the_expansion_is_left_out():
    only = told(after="2.3")
    assert (kpi_line(only), only.first, only.last) == ("", None, None)
    assert "bar-now" not in kpi_bars(only)
    assert "chart-last" not in kpi_chart(only)
