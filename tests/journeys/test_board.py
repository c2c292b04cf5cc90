"""The fault board of the desk in a browser: what a resident reports appears by itself, and the page can be paused."""

import json
import urllib.request

import pytest

from tests.journeys.test_offices import own_part
from tests.journeys.walking import no_sideways_scroll, sign_in

pytestmark = pytest.mark.browser


def report(site, tag: str) -> str:
    """A guest's word over HTTP; the number of the fault."""
    said = {"device": tag, "category": "broken", "text": "기둥이 기울었습니다."}
    asked = urllib.request.Request(
        f"{site.url}/api/v1/faults", json.dumps(said).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked) as answer:
        return str(json.load(answer)["code"])


def test_ac_1_2_what_is_reported_appears_on_the_officials_board_without_a_reload(live_site, chromium_process):
    page = chromium_process.new_context(locale="ko-KR", viewport={"width": 1280, "height": 800}).new_page()
    sign_in(page, live_site, "official", path="/desk/faults/")
    page.select_option("[name=category]", "broken")
    page.click(".desk-menus button")
    page.wait_for_url("**/desk/faults/?*category=broken*")
    page.wait_for_selector(".live-bar--on")
    page.evaluate("window.wasHere = true")
    first = report(live_site, lamps(page, live_site)[0])
    row = page.locator(".desk-tasks tr", has_text=first)
    row.wait_for(timeout=30_000)
    assert page.evaluate("window.wasHere"), "the page was loaded anew"
    page.click("[data-live-pause]")
    second = report(live_site, lamps(page, live_site)[1])
    page.wait_for_timeout(9_000)
    assert page.locator(".desk-tasks tr", has_text=second).count() == 0
    page.click("[data-live-pause]")
    page.locator(".desk-tasks tr", has_text=second).wait_for(timeout=30_000)
    assert own_part(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert no_sideways_scroll(page)
    page.context.close()


def lamps(page, site) -> list[str]:
    """Tags of lamps whose pole nobody has reported."""
    shown = page.request.get(f"{site.url}/live/snapshot?district=11200").json()
    return [shown["prefix"] + tag for tag in shown["tags"][40:42]]
