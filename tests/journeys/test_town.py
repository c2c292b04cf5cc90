"""The way in with an account elsewhere, by keyboard, through a real provider, in both languages."""

from urllib.parse import urlsplit

import pytest

from tests.journeys.test_every_page import AXE, violations
from tests.journeys.walking import no_sideways_scroll, press, sign_in, tab_to, type_into
from tests.town import PASSWORD, town

pytestmark = pytest.mark.browser
WHO = {"": "haneul", "/en": "garam"}


@pytest.fixture(scope="module")
def provider(live_site):
    address = live_site.environment["OIDC_TOWN_ISSUER"]
    with town(urlsplit(address).port):
        yield address


def _well(page):
    """Nothing for axe, nothing beyond the edge."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert violations(page) == []
    assert no_sideways_scroll(page)


def _sign_in_there(page, who):
    page.wait_for_selector("input[name=login]")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("button[value=grant]")
    page.click("button[value=grant]")


def _tick(page, name):
    tab_to(page, f"input[name={name}]")
    assert not page.locator(":focus").is_checked()
    page.keyboard.press("Space")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_sign_up_with_an_account_elsewhere_by_keyboard_at_320_px(live_site, provider, chromium_process, prefix):
    context = chromium_process.new_context(locale="ko-KR", viewport={"width": 320, "height": 640})
    context.set_default_timeout(15_000)
    page, site = context.new_page(), live_site
    policies = []
    page.on("console", lambda said: policies.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(f"{site.url}{prefix}/accounts/signup/")
    press(page, "a[href*='/accounts/with/town/']")
    _well(page)
    press(page, "main button[type=submit]")  # without the age
    assert page.locator("#errors").is_visible()
    _well(page)
    _tick(page, "old_enough")
    press(page, "main button[type=submit]")
    _sign_in_there(page, WHO[prefix])
    page.wait_for_url(f"{site.url}{prefix}/accounts/3rdparty/signup/")
    assert page.input_value("input[name=email]") == f"{WHO[prefix]}@town.example"
    _well(page)
    type_into(page, "input[name=nickname]", f"마을에서{len(prefix)}")
    for box in ("consent_terms", "consent_account"):
        _tick(page, box)
    press(page, "main button[type=submit]")
    page.wait_for_url(f"{site.url}{prefix}/me/")
    _leave_and_come_back(page, site, prefix)
    assert policies == []
    context.close()


def _leave_and_come_back(page, site, prefix):
    """Where the provider still knows the browser, one press of a button signs in."""
    page.click("form[action*='/accounts/logout/'] button")
    page.goto(f"{site.url}{prefix}/accounts/login/?next={prefix}/proposals/")
    press(page, "form[action*='/oidc/town/'] button")
    page.wait_for_selector("button[value=grant]")
    page.click("button[value=grant]")
    page.wait_for_url(f"{site.url}{prefix}/proposals/")
    page.goto(f"{site.url}{prefix}/accounts/3rdparty/")
    assert "Town" in page.inner_text("main li")
    _well(page)


def test_identity_provider_gives_the_highest_level(live_site, provider, chromium_process):
    context = chromium_process.new_context(locale="ko-KR", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(15_000)
    page = context.new_page()
    sign_in(page, live_site, "expert", path="/me/verification/")
    press(page, "form[action*='/oidc/identity/'] button")
    _sign_in_there(page, "namu")
    page.wait_for_url(f"{live_site.url}/me/verification/")
    assert page.locator(".level-reached").count() == 3
    _well(page)
    context.close()
