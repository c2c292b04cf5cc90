"""A leaked key in a browser: an official finds it in the list, revokes it, and it is gone."""

import pytest

from tests.journeys.test_offices import own_part
from tests.journeys.walking import no_sideways_scroll, sign_in

pytestmark = pytest.mark.browser


def test_official_revokes_a_leaked_key(live_site, chromium_process):
    live_site.command("token", "--device", "11200-19-12-20")
    page = chromium_process.new_context(locale="ko-KR", viewport={"width": 1280, "height": 800}).new_page()
    sign_in(page, live_site, "official", path="/desk/keys/")
    row = page.locator(".desk-tasks tr", has_text="11200-19-12-20")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert own_part(page) == []
        assert no_sideways_scroll(page)
        assert row.locator("a").is_visible()
    row.locator("a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/revoke/")
    assert own_part(page) == []
    page.click(".desk form button[type=submit]")
    page.wait_for_url(f"{live_site.url}/desk/keys/")
    assert row.count() == 0
    page.context.close()
