"""Bars on the front door in a browser: a value half as large is half as long, on a phone too."""

import pytest

pytestmark = pytest.mark.browser

BARS = """() => [...document.querySelectorAll('.kpi-bars > li')].map(row => [
  parseFloat(row.querySelector('.bar-value > span').textContent),
  row.querySelector('rect').getBoundingClientRect().width,
])"""


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_bars_of_the_front_door_are_as_long_as_their_values(live_site, chromium_process, width):
    page = chromium_process.new_context(locale="ko-KR", viewport={"width": width, "height": 800}).new_page()
    page.goto(live_site.url + "/")
    bars = page.evaluate(BARS)
    page.context.close()
    assert len(bars) > 1
    longest = max(value for value, _length in bars)
    whole = max(length for _value, length in bars)
    assert whole > width / 8
    for value, length in bars:
        assert length == pytest.approx(whole * value / longest, abs=2)
