"""A vote in a real browser: by keyboard at 320 px, watched live by somebody else, and with scripts off."""

import re

import pytest

from civic.voting.trackers import FORM
from tests.journeys.test_every_page import AXE, violations
from tests.journeys.walking import no_sideways_scroll, press, sign_in, tab_to

pytestmark = pytest.mark.browser

VOTE = "/votes/demo-open/"
TURNOUT = "[data-live=turnout]"


def turnout(page):
    return int(page.locator(TURNOUT).first.inner_text().replace(",", ""))


def looked_at(page):
    """What axe finds on the page as it is, and whether it fits."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return violations(page), no_sideways_scroll(page)


def cast_two_by_keyboard(page):
    """Pick two options, look at them, cast; every page on the way is looked at. Returns the tracker."""
    assert looked_at(page) == ([], True)
    for _two in range(2):
        tab_to(page, "input[name=choices]:not(:checked)")
        page.keyboard.press("Space")
    assert page.locator(".ballot-segments .on").count() == 2
    count = page.locator("[data-ballot-count]")
    assert count.locator("b").inner_text() == str(count.get_attribute("data-words")).replace("{n}", "2")
    press(page, ".ballot-foot button")
    assert page.locator("main .option--picked").count() == 2
    assert looked_at(page) == ([], True)
    press(page, "button[name=cast]")
    assert looked_at(page) == ([], True)
    tracker = page.locator(".tracker").inner_text()
    assert FORM.fullmatch(tracker)
    return tracker


@pytest.mark.parametrize(("prefix", "who"), [("", "resident2"), ("/en", "expert")])
def test_vote_by_keyboard_at_320_px_is_seen_live_by_somebody_else(live_site, chromium_process, prefix, who):
    watcher = chromium_process.new_context(locale="ko-KR").new_page()
    watcher.goto(f"{live_site.url}{prefix}{VOTE}")
    before = turnout(watcher)
    assert watcher.locator("form[method=post]").count() == 0

    context = chromium_process.new_context(locale="ko-KR", viewport={"width": 320, "height": 640})
    page = context.new_page()
    sign_in(page, live_site, who)
    page.goto(f"{live_site.url}{prefix}{VOTE}")
    tracker = cast_two_by_keyboard(page)
    assert page.url == f"{live_site.url}{prefix}{VOTE}"

    watcher.wait_for_function(
        "([where, n]) => document.querySelector(where).textContent === String(n)", arg=[TURNOUT, before + 1]
    )
    page.locator("input[name=choices]:checked").first.uncheck()
    page.click(".ballot-foot button")
    page.click("button[name=cast]")
    assert page.locator(".tracker").inner_text() == tracker
    assert page.locator("input[name=choices]:checked").count() == 1
    assert turnout(page) == before + 1
    assert tracker not in watcher.content()
    watcher.context.close()
    context.close()


def test_one_pick_too_many_goes_back_and_says_why(live_site, chromium_process):
    context = chromium_process.new_context(locale="ko-KR")
    page = context.new_page()
    sign_in(page, live_site, "moderator", path=VOTE)
    boxes = page.locator("input[name=choices]")
    for n in range(4):
        boxes.nth(n).click()
    assert page.locator("input[name=choices]:checked").count() == 3
    assert not boxes.nth(3).is_checked()
    assert page.evaluate("document.activeElement.name") == "choices"
    said = page.locator("[data-ballot-count] b").inner_text()
    assert said == page.locator("[data-ballot-count]").get_attribute("data-full")
    context.close()


def test_vote_without_scripts_is_whole(live_site, chromium_process):
    context = chromium_process.new_context(
        locale="ko-KR", java_script_enabled=False, viewport={"width": 375, "height": 700}
    )
    page = context.new_page()
    sign_in(page, live_site, "resident", path=VOTE)
    boxes = page.locator("input[name=choices]")
    for n in range(4):
        boxes.nth(n).check()
    page.click(".ballot-foot button")
    assert page.locator("#errors").count() == 1
    assert page.locator("input[name=choices]:checked").count() == 4
    page.locator("input[name=choices]:checked").first.uncheck()
    page.click(".ballot-foot button")
    page.click("button[name=edit]")
    assert page.locator("input[name=choices]:checked").count() == 3
    page.click(".ballot-foot button")
    page.click("button[name=cast]")
    assert page.locator(".tracker").count() == 1
    context.close()


def test_decided_vote_tells_the_story_and_leads_back_to_its_proposal(live_site, chromium_process):
    context = chromium_process.new_context(locale="ko-KR")
    page = context.new_page()
    page.goto(f"{live_site.url}/en/votes/")
    page.click("a[href*='/votes/demo-closed/']")
    assert page.locator("h1").inner_text() == "Chosen: “30초”."
    shares = re.findall(r"(\d+) %", page.locator(".result").inner_text())
    assert shares == ["51", "31", "18"]
    page.locator(".result a").first.click()
    page.wait_for_url("**/proposals/**")
    assert page.locator("a[href*='/votes/demo-closed/']").count() >= 1
    context.close()
