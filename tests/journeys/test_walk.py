"""The whole of a resident's way, by keyboard, on a narrow telephone, in both languages."""

import json

import pytest

from tests.journeys.walking import code_from_mail, no_sideways_scroll, press, sign_in, support, tab_to, type_into

pytestmark = pytest.mark.browser

NEARLY = "언덕길이 얼면 계단 아래에서 알 수 있게 해 주세요"


def _code(page, site, title):
    items = json.loads(page.request.get(f"{site.url}/api/v1/proposals?page_size=100").text())["items"]
    return next(item["id"] for item in items if item["title"] == title)


@pytest.fixture
def phone(chromium_process):
    context = chromium_process.new_context(locale="ko-KR", viewport={"width": 320, "height": 640})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_sign_up_write_and_withdraw_by_keyboard_at_320_px(live_site, phone, prefix):
    page, site = phone, live_site
    page.goto(f"{site.url}{prefix}/")
    assert no_sideways_scroll(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    _sign_up(page, site, prefix)
    _write(page, site, prefix)
    _support_and_withdraw(page, site, prefix)


def _sign_up(page, site, prefix):
    address = f"walker{len(prefix)}@example.org"
    page.goto(f"{site.url}{prefix}/accounts/signup/")
    type_into(page, "input[name=email]", address)
    type_into(page, "input[name=nickname]", f"걷는이웃{len(prefix)}")
    type_into(page, "input[name=password1]", "ten-lamps-in-a-row")
    for box in ("old_enough", "consent_terms", "consent_account"):
        tab_to(page, f"input[name={box}]")
        page.keyboard.press("Space")
    press(page, "main button[type=submit]")
    assert no_sideways_scroll(page)
    confirm = page.url
    code = code_from_mail(page, site, address)
    page.goto(confirm)
    type_into(page, "input[name=code]", code)
    press(page, "main button[type=submit]")


def _write(page, site, prefix):
    page.goto(f"{site.url}{prefix}/proposals/new/")
    assert no_sideways_scroll(page)
    type_into(page, "[name=title]", "골목 끝 거울이 흐려 오토바이가 보이지 않습니다")
    type_into(page, "[name=problem]", "거울이 흐려서 나오는 오토바이를 늦게 봅니다.")
    type_into(page, "[name=proposal]", "닦는 날을 정하고 누구나 볼 수 있게 적어 주세요.")
    tab_to(page, "[name=category]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "[name=dong]")
    page.keyboard.press("ArrowDown")
    press(page, "button[name=preview]")
    assert "거울이 흐려서" in page.inner_text("main")
    press(page, "main form button[type=submit]:not([name=preview]):not([name=edit])")
    assert "/proposals/P-" in page.url
    assert no_sideways_scroll(page)


def _support_and_withdraw(page, site, prefix):
    other = _code(page, site, NEARLY) if prefix else _code(page, site, "산책로 비상벨이 어디 있는지 밤에도 보이게")
    page.goto(f"{site.url}{prefix}/proposals/{other}/")
    before = int(page.inner_text("[data-live=supports] >> nth=0"))
    press(page, "form[action*='/support/'] button")
    page.wait_for_selector("form[action*='withdraw-support'] button")
    assert int(page.inner_text("[data-live=supports] >> nth=0")) == before + 1
    press(page, "form[action*='withdraw-support'] button")
    page.wait_for_selector("form[action*='/support/'] button")


def test_count_changes_on_another_open_page_within_a_second(live_site, browser, chromium_process):
    site, watcher = live_site, browser.new_page()
    title = "배차가 긴 마을버스, 지금 어디쯤인지 정류소에서"
    code = _code(watcher, site, title)
    listing = browser.new_page()
    listing.goto(f"{site.url}/proposals/?state=open")
    watcher.goto(f"{site.url}/proposals/{code}/")
    count = watcher.locator("[data-live=supports]").first
    row = listing.locator(f"[data-live-key='proposal:{code}'] [data-live=supports]").first
    before = int(count.inner_text())
    watcher.wait_for_timeout(1_500)  # the socket is open
    supporter = chromium_process.new_context()
    with_account = supporter.new_page()
    sign_in(with_account, site, "resident2", path=f"/proposals/{code}/")
    with_account.click("form[action*='/support/'] button")
    watcher.wait_for_function(
        "n => document.querySelector('[data-live=supports]').textContent.trim() == n",
        arg=str(before + 1),
        timeout=1_000,
    )
    listing.wait_for_timeout(500)
    assert int(row.inner_text()) == before + 1
    supporter.close()


def test_browser_offline_ends_with_the_same_page_as_one_that_stayed(live_site, chromium_process):
    site = live_site
    stays, leaves = (chromium_process.new_context(locale="ko-KR") for _n in range(2))
    here, gone = stays.new_page(), leaves.new_page()
    code = _code(here, site, "작은 마을버스 정류소에도 소리로 도착 안내를")  # 27 of 30
    for page in (here, gone):
        page.goto(f"{site.url}/proposals/{code}/")
    here.wait_for_timeout(1_500)
    leaves.set_offline(True)
    for who in ("resident", "expert", "moderator", "admin"):  # over the threshold
        support(chromium_process, site, who, code)
    here.wait_for_selector("[data-live-state=dept_review]", timeout=10_000)
    here.wait_for_timeout(3_000)
    leaves.set_offline(False)
    gone.wait_for_selector("[data-live-state=dept_review]", timeout=30_000)
    gone.wait_for_timeout(3_000)
    assert gone.inner_html("main") == here.inner_html("main")
    for context in (stays, leaves):
        context.close()


def test_official_answers_and_the_author_is_told(live_site, chromium_process):
    site = live_site
    desk = chromium_process.new_context(locale="ko-KR").new_page()
    code = _code(desk, site, "축산시장 주변 냄새, 느낌 말고 숫자로 이야기해요")
    sign_in(desk, site, "official", path=f"/proposals/{code}/answer/")
    desk.check("input[name=decision][value=adopted]")
    desk.fill("[name=headline]", "시장 골목 세 곳에 측정기를 답니다")
    desk.fill("[name=reason]", "상인회와 물청소 시간을 함께 정하고 값을 공개하겠습니다.")
    desk.fill("[name=planned]", "2027년 2월")
    desk.click("main form button[type=submit]")
    desk.wait_for_url(f"{site.url}/proposals/{code}/")
    assert "시장 골목 세 곳에 측정기를 답니다" in desk.inner_text("main")
    desk.context.close()
