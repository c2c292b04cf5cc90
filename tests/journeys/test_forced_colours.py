"""Is everything still to be told apart by whoever has chosen the colours of their whole screen?"""

import json

import pytest

pytestmark = pytest.mark.browser

COLOUR = "([selector, property, part]) => getComputedStyle(document.querySelector(selector), part)[property]"


@pytest.fixture(params=["light", "dark"])
def page(request, chromium_process):
    context = chromium_process.new_context(forced_colors="active", color_scheme=request.param)
    yield context.new_page()
    context.close()


def colour(page, selector, property_="backgroundColor", part=None):
    page.wait_for_selector(selector, state="attached")
    return page.evaluate(COLOUR, [selector, property_, part])


def test_night_page_keeps_its_wire_its_lamp_and_what_is_chosen(live_site, page):
    page.goto(f"{live_site.url}/live/")
    text, ground = colour(page, "h1", "color"), colour(page, "body")
    assert text != ground
    assert colour(page, ".wire path", "stroke") == text
    assert colour(page, ".chain-places", part="::before") == text
    assert colour(page, ".lit .lamp-solid", "fill") == text
    assert colour(page, ".lit .lamp-bulb", "fill") not in (text, ground)
    assert colour(page, ".chip[aria-current]") != colour(page, ".chip:not([aria-current])")
    assert colour(page, ".menu a[aria-current]", part="::after") != ground
    assert colour(page, ".lamp-mark", "borderTopColor") == "rgba(0, 0, 0, 0)"


def test_lamps_of_a_gauge_and_the_line_of_a_chart_stand_out(live_site, page):
    listed = json.loads(page.request.get(f"{live_site.url}/api/v1/proposals?state=open").text())["items"]
    page.goto(f"{live_site.url}/proposals/{listed[0]['id']}/")
    text, ground = colour(page, "h1", "color"), colour(page, "body")
    assert colour(page, ".gauge .unlit", "stroke") == text
    assert len({colour(page, f".gauge .{state}", "fill") for state in ("lit", "unlit")}) == 2
    page.goto(f"{live_site.url}/pilots/a/")
    assert colour(page, ".chart .chart-run", "stroke") == text
    assert colour(page, ".chart .chart-last", "fill") != ground
