"""From a letter printed at the desk to a ballot, by keyboard at 320 px; and no second ballot for the same person."""

import re

import pytest

from tests.journeys.test_second_step import fine, sign_up
from tests.journeys.walking import press, sign_in
from tests.live import Site
from tests.making import DOSEON

pytestmark = pytest.mark.browser
LETTERS = "/desk/checks/letters/"
WHOM = "홍우편 1990-01-02\n임이웃 1991-02-03"
PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


def letter(chromium, site: Site) -> str:
    """The code on the sheet that an official prints."""
    context = chromium.new_context(locale="ko-KR", viewport={"width": 1280, "height": 900})
    desk = context.new_page()
    sign_in(desk, site, "official", path=LETTERS)
    desk.select_option("select[name=dong]", DOSEON)
    desk.fill("textarea[name=people]", WHOM)
    desk.click(".desk button[type=submit]")
    code = desk.locator(".letter-code").first.inner_text()
    assert "홍우편" not in desk.content()
    assert desk.locator(".letter-qr svg").first.bounding_box()["width"] > 100
    desk.emulate_media(media="print")
    assert not desk.is_visible(".desk-note")
    assert not desk.is_visible(".sidebar")
    assert len(PAGE.findall(desk.pdf(format="A4"))) == 2  # a sheet for each
    context.close()
    return code


def newcomer(chromium, site: Site, prefix: str, name: str):
    page = chromium.new_context(locale="ko-KR", viewport={"width": 320, "height": 640}).new_page()
    sign_up(page, site, prefix, name)
    page.goto(f"{site.url}{prefix}/votes/demo-open/")
    press(page, f"main a[href='{prefix}/me/verification/']")
    fine(page)
    return page


def use(page, site: Site, prefix: str, code: str) -> None:
    """As the picture on the letter leads: the code stands in its field, the button is pressed."""
    page.goto(f"{site.url}{prefix}/me/verification/?code={code}")
    assert page.input_value("input[name=code]") == code
    press(page, "form[action$='/me/verification/code/'] button[type=submit]")
    fine(page)


def test_letter_opens_the_vote_to_one_account_of_its_addressee(live_site, chromium_process):
    first = newcomer(chromium_process, live_site, "", "letter")
    use(first, live_site, "", letter(chromium_process, live_site))
    assert first.locator(".level-reached").count() == 2
    first.goto(f"{live_site.url}/votes/demo-open/")
    assert first.locator("form[action$='/ballot/']").count() == 1

    second = newcomer(chromium_process, live_site, "/en", "again")
    use(second, live_site, "/en", letter(chromium_process, live_site))
    assert "This code cannot be used for this account." in second.inner_text("main")
    assert second.locator(".level-reached").count() == 1
    second.goto(f"{live_site.url}/en/votes/demo-open/")
    assert second.locator("form[action$='/ballot/']").count() == 0
    for page in (first, second):
        page.context.close()
