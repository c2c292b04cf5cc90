"""From the idea of May 2019 to a fault of tonight in six steps and back: by mouse, by keyboard, on a telephone."""

import pytest

from tests.journeys.walking import no_sideways_scroll, press

pytestmark = pytest.mark.browser

# Where to press, and the address that must come of it.
STEPS = (
    (".hero-story a", "/story/"),
    (".story-way li:first-child a", "/proposals/P-"),
    ("nav.chain-object a[href$='#thread']", "#thread"),
    ("main a[href*='/pilots/a/']", "/pilots/a/"),
    ("#lamps li:has(a[href*='/faults/F-']) a[href*='/devices/']", "/devices/11200-"),
    ("main a[href*='/faults/F-']", "/faults/F-"),
)
BACK = ("/devices/11200-", "/pilots/a/", "/proposals/P-")  # what a fault's page leads to
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/en"])


def arrived(page, prefix, address):
    assert address in page.url, page.url
    assert page.url.split("/", 3)[3].startswith(prefix.strip("/")), page.url
    assert page.locator("h1").count() == 1
    assert page.locator("nav.chain").count() >= 1
    assert no_sideways_scroll(page), page.url


def walk_back(page):
    """Every step of the chain is one press away from the fault."""
    for address in BACK:
        assert page.locator(f"a[href*='{address}']").count(), f"{page.url} does not lead to {address}"


@LANGUAGES
def test_six_clicks_lead_from_the_idea_of_2019_to_a_fault_of_tonight(live_site, browser, prefix):
    page = browser.new_page()
    page.goto(f"{live_site.url}{prefix}/")
    for where, address in STEPS:
        page.locator(where).first.click()
        page.wait_for_url(f"**{address}**")
        arrived(page, prefix, address)
    walk_back(page)


@LANGUAGES
def test_the_keyboard_alone_walks_it_at_320_px(live_site, chromium_process, prefix):
    context = chromium_process.new_context(locale="ko-KR", viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{live_site.url}{prefix}/")
    assert no_sideways_scroll(page)
    for where, address in STEPS:
        press(page, where)
        page.wait_for_url(f"**{address}**")
        arrived(page, prefix, address)
    walk_back(page)
    context.close()


@LANGUAGES
def test_it_is_walked_with_scripts_off(live_site, chromium_process, prefix):
    context = chromium_process.new_context(
        locale="ko-KR", viewport={"width": 320, "height": 640}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{live_site.url}{prefix}/")
    for where, address in STEPS:
        page.locator(where).first.click()
        page.wait_for_url(f"**{address}**")
        assert page.locator("h1").count() == 1
    walk_back(page)
    context.close()


def test_every_page_on_the_way_is_marked_as_a_demonstration(live_site, browser):
    page = browser.new_page()
    page.goto(f"{live_site.url}/")
    for where, _address in STEPS:
        page.locator(where).first.click()
        page.wait_for_load_state()
        assert "시연" in page.locator(".masthead").inner_text()
