"""Does the desk work under its policy, which evaluates nothing? Chromium walks it, and nothing is blocked."""

import re
from typing import Any

import pytest

from tests.journeys.walking import sign_in
from tests.live import Site
from tests.security.test_scripts_in_a_browser import WATCH

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
PLACES = [
    "/desk/",
    "/desk/proposals/",
    "/desk/faults/",
    "/desk/pilots/",
    "/desk/rounds/",
    "/desk/rounds/new/",
    "/desk/policies/",
    "/desk/policies/new/",
    "/desk/pages/",
    "/desk/images/",
    "/desk/images/add/",
    "/desk/images/multiple/add/",
    "/desk/account/",
]


def test_no_page_of_the_desk_is_blocked_by_its_policy(live_site: Site, browser: Any):
    page = browser.new_page()
    page.add_init_script(WATCH)
    sign_in(page, live_site, "admin", path="/desk/")
    blocked, foreign = {}, set()
    page.on(
        "request",
        lambda asked: None if asked.url.startswith((live_site.url, "data:", "blob:")) else foreign.add(asked.url),
    )
    for path in [*PLACES, editor_of(page, live_site)]:
        page.goto(live_site.url + path)
        page.wait_for_load_state("networkidle")
        if found := page.evaluate("window.blocked"):
            blocked[path] = found
    assert (blocked, foreign) == ({}, set())
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("한 줄 더")
    page.keyboard.press("Control+b")
    page.wait_for_timeout(500)
    assert page.evaluate("window.blocked") == []


def editor_of(page: Any, site: Site) -> str:
    """The address of the editor of one page."""
    found = re.search(r'href="(/desk/pages/\d+/)"', page.request.get(f"{site.url}/desk/pages/").text())
    assert found
    inside = page.request.get(f"{site.url}{found[1]}").text()
    edit = re.search(r'href="(/desk/pages/\d+/edit/)[^"]*"', inside)
    assert edit
    return edit[1]
