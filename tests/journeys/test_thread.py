"""A discussion in a real browser: read, written, live, without scripts, on a narrow screen, in both languages."""

import json

import pytest

from tests.journeys.test_every_page import AXE, TAGS
from tests.journeys.walking import no_sideways_scroll, press, sign_in, tab_to, type_into

pytestmark = pytest.mark.browser

TITLE = "꺼진 보안등, 신고하기 전에 먼저 알려 주면 좋겠습니다"
REPLIES = "밤늦은 공장 골목, 사람이 지나갈 때만 밝아지는 등"


def code_of(page, site, title):
    items = json.loads(page.request.get(f"{site.url}/api/v1/proposals?page_size=100").text())["items"]
    return next(item["id"] for item in items if item["title"] == title)


def say(page, site, path, text):
    page.goto(f"{site.url}{path}")
    page.check("input[name=stance][value=question]")
    page.fill("[name=text]", text)
    with page.expect_navigation():
        page.click("main form button[type=submit]")


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("width", [1280, 320])
def test_pages_of_a_discussion_pass_axe_and_fit(live_site, chromium_process, prefix, width):
    context = chromium_process.new_context(locale="ko-KR", viewport={"width": width, "height": 800})
    page, found = context.new_page(), {}
    code = code_of(page, live_site, REPLIES)
    sign_in(page, live_site, "expert")
    pages = [f"/proposals/{code}/", f"/proposals/{code}/posts/new/"]
    page.goto(live_site.url + prefix + pages[0])
    number = page.locator(".replies .post").first.get_attribute("id").removeprefix("post-")
    for path in [*pages, f"{pages[1]}?reply_to={number}", "errors"]:
        if path == "errors":
            page.click("main form button[type=submit]")
        else:
            page.goto(live_site.url + prefix + path)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        outcome = page.evaluate("tags => axe.run({runOnly: tags})", TAGS)
        found |= {f"{path} {v['id']}": v["nodes"][0]["html"][:160] for v in outcome["violations"]}
        assert no_sideways_scroll(page), path
    context.close()
    assert found == {}


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_reply_by_keyboard_at_320_px(live_site, chromium_process, prefix):
    context = chromium_process.new_context(locale="ko-KR", viewport={"width": 320, "height": 640})
    page = context.new_page()
    code = code_of(page, live_site, TITLE)
    sign_in(page, live_site, "resident2")
    page.goto(f"{live_site.url}{prefix}/proposals/{code}/")
    press(page, "a[href*='reply_to=']")
    tab_to(page, "input[name=stance]")
    page.keyboard.press("ArrowDown")
    text = f"저도 그것이 궁금합니다 {prefix}"
    type_into(page, "[name=text]", text)
    press(page, "main form button[type=submit]")
    assert "#post-" in page.url
    assert page.inner_text(".post:target .post-text") == text.strip()
    context.close()


def test_post_appears_on_another_open_page_within_a_second(live_site, browser, chromium_process):
    site, watcher = live_site, browser.new_page()
    code = code_of(watcher, site, TITLE)
    watcher.goto(f"{site.url}/proposals/{code}/")
    watcher.wait_for_selector(".live-bar--on")
    watcher.focus(".post a >> nth=0")
    focused = watcher.evaluate("document.activeElement.href")
    before = watcher.locator(".post").count()
    other = chromium_process.new_context()
    speaker = other.new_page()
    sign_in(speaker, site, "expert")
    say(speaker, site, f"/proposals/{code}/posts/new/", "방금 올린 말입니다.")
    watcher.wait_for_function(
        "() => document.querySelector('#thread').innerText.includes('방금 올린 말')", timeout=1_000
    )
    assert watcher.locator(".post").count() == before + 1
    assert watcher.inner_text("#thread-title .numeral-light") == str(before + 1)
    assert str(before + 1) in watcher.inner_text("body > nav.chain a[href$='#thread'] .place-fact")
    assert watcher.evaluate("document.activeElement.href") == focused
    other.close()


def test_discussion_is_read_and_written_without_scripts(live_site, chromium_process):
    context = chromium_process.new_context(java_script_enabled=False, viewport={"width": 375, "height": 700})
    page = context.new_page()
    code = code_of(page, live_site, "산책로 비상벨이 어디 있는지 밤에도 보이게")
    sign_in(page, live_site, "resident2")
    for n in range(22):
        say(page, live_site, f"/proposals/{code}/posts/new/", f"{n + 1}번째 물음입니다.")
    assert "page=2#post-" in page.url
    page.goto(f"{live_site.url}/proposals/{code}/")
    assert page.locator(".post").count() == 20
    with page.expect_navigation():
        page.click("a[rel=next]")
    assert page.locator(".post").count() == 2
    with page.expect_navigation():
        page.click("a[rel=prev]")
    assert page.locator(".post").count() == 20
    context.close()


def test_signed_out_reader_is_led_to_sign_in_and_back(live_site, browser):
    page = browser.new_page()
    code = code_of(page, live_site, TITLE)
    page.goto(f"{live_site.url}/proposals/{code}/")
    assert page.locator("main form").count() == 0
    page.click(".thread-act a")
    page.fill("input[name=login]", "resident2@demo.example")
    page.fill("input[name=password]", live_site.password)
    page.click("main form button[type=submit]")
    page.wait_for_url(f"{live_site.url}/proposals/{code}/posts/new/")
