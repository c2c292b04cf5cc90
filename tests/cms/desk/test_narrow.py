"""A title is anything up to a hundred characters: however it breaks, the desk's next act stays in sight."""

import pytest

from tests.journeys.walking import sign_in

pytestmark = pytest.mark.browser
LONGEST = "가" * 100
SAY = "([where, words]) => document.querySelectorAll(where).forEach(one => { one.textContent = words })"
OUTSIDE = """where => [...document.querySelectorAll(where)].map(one => one.getBoundingClientRect())
    .filter(box => box.left < 0 || box.right > innerWidth || box.width === 0).map(box => [box.left, box.right])"""


@pytest.mark.parametrize("width", [1280, 800, 375, 320])
def test_turn_with_a_title_without_spaces_keeps_every_act_in_sight(live_site, browser, width):
    page = browser.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, live_site, "official")
    page.goto(f"{live_site.url}/desk/")
    assert page.locator(".desk-act").count() > 1
    page.evaluate(SAY, [".desk-tasks tbody th b", LONGEST])
    assert page.evaluate(OUTSIDE, ".desk-tasks .desk-act") == []


def test_list_with_a_title_without_spaces_keeps_its_last_column_in_sight(live_site, browser):
    page = browser.new_page()
    sign_in(page, live_site, "official")
    page.goto(f"{live_site.url}/desk/proposals/")
    page.evaluate(SAY, [".listing td.title a", LONGEST])
    assert page.evaluate(OUTSIDE, ".listing td:last-child") == []


SMALLEST = (
    "Math.min(...[...document.querySelectorAll('.listing td')].map(e => parseFloat(getComputedStyle(e).fontSize)))"
)


@pytest.mark.parametrize("path", ["proposals", "pilots", "rounds"])
def test_list_on_a_phone_shows_every_cell_in_a_size_to_read(live_site, browser, path):
    page = browser.new_page()
    page.set_viewport_size({"width": 375, "height": 812})
    sign_in(page, live_site, "official")
    page.goto(f"{live_site.url}/desk/{path}/")
    assert page.locator(".listing td[data-label]").count() > 3
    assert page.evaluate(OUTSIDE, ".listing td[data-label]") == []
    assert page.evaluate(SMALLEST) >= 15


@pytest.mark.parametrize("path", ["/", "/proposals/", "/me/", "/overdue/"])
def test_public_page_with_titles_without_spaces_fits_320_px(live_site, browser, path):
    page = browser.new_page()
    sign_in(page, live_site, "resident")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(live_site.url + path)
    page.evaluate(SAY, ["main a[href*='/proposals/P-'], main h1", LONGEST])
    assert page.evaluate("document.documentElement.scrollWidth") == 320
