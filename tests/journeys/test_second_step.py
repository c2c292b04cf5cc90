"""Sign-up, passkey, authenticator app and recovery codes by the keyboard alone, at 320 px, in both languages."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.test_every_page import AXE, violations
from tests.journeys.walking import code_from_mail, no_sideways_scroll, press, show_code, tab_to, type_into
from tests.live import Site
from tests.site.livinglab.signing_in.test_factors import code_of

pytestmark = pytest.mark.browser
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/en"])
SECRET = "ten-lamps-in-a-row"
TOUCHED = {  # a device that keeps passkeys, whose owner is there and shows a finger
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def phone(live_site: Site, chromium_process: Any) -> Iterator[Any]:
    """A narrow browser with a device for passkeys, at an address with a name: passkeys are tied to names."""
    context = chromium_process.new_context(locale="ko-KR", viewport={"width": 320, "height": 640})
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    page.passkeys = device.send("WebAuthn.addVirtualAuthenticator", {"options": TOUCHED})["authenticatorId"]
    page.device = device
    yield page
    context.close()


def named(site: Site) -> Site:
    return Site(site.url.replace("127.0.0.1", "localhost"), site.data, site.environment, site.password)


def fine(page: Any) -> None:
    """Nothing for axe, nothing beyond the edge."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert violations(page) == [], page.url
    assert no_sideways_scroll(page), page.url


def sign_up(page: Any, site: Site, prefix: str, name: str) -> str:
    address = f"{name}{len(prefix)}@example.org"
    page.goto(f"{site.url}{prefix}/accounts/signup/")
    type_into(page, "input[name=email]", address)
    type_into(page, "input[name=nickname]", f"열쇠{name}{len(prefix)}")
    type_into(page, "input[name=password1]", SECRET)
    for box in ("old_enough", "consent_terms", "consent_account"):
        tab_to(page, f"input[name={box}]")
        page.keyboard.press("Space")
    fine(page)
    press(page, "main form:has([name=password1]) button[type=submit]")
    assert "/signup/" not in page.url, page.inner_text("main")
    confirm = page.url
    code = code_from_mail(page, site, address)
    page.goto(confirm)
    type_into(page, "input[name=code]", code)
    press(page, "main form:has([name=code]) button[type=submit]")
    return address


def sign_out(page: Any, site: Site, prefix: str) -> None:
    page.goto(f"{site.url}{prefix}/accounts/logout/")
    press(page, "main form[action*=logout] button")


def show_password(page: Any) -> None:
    """Where a page asks once more who it is."""
    assert "/reauthenticate/" in page.url
    fine(page)
    type_into(page, "input[name=password]", SECRET)
    press(page, "main form:has([name=password]) button[type=submit]")


def password_in(page: Any, site: Site, prefix: str, address: str, *, path: str = "/me/") -> None:
    page.goto(f"{site.url}{prefix}/accounts/login/?next={prefix}{path}")
    type_into(page, "input[name=login]", address)
    type_into(page, "input[name=password]", SECRET)
    press(page, "main form:has([name=password]) button[type=submit]")


@LANGUAGES
def test_passkey_is_added_signs_in_without_a_password_and_is_removed(live_site, phone, prefix):
    page, site = phone, named(live_site)
    sign_up(page, site, prefix, "passkey")
    page.goto(f"{site.url}{prefix}/me/")
    press(page, "a[href$='/accounts/2fa/']")
    fine(page)
    press(page, "a[href$='/webauthn/add/']")
    show_password(page)
    fine(page)
    tab_to(page, "input[name=name]")
    page.keyboard.press("Control+A")
    page.keyboard.type("골목 전화기")
    press(page, "form[data-passkey] button[type=submit]")
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    fine(page)
    page.goto(f"{site.url}{prefix}/accounts/2fa/webauthn/")
    assert "골목 전화기" in page.inner_text("main")
    fine(page)
    sign_out(page, site, prefix)
    page.goto(f"{site.url}{prefix}/accounts/login/?next={prefix}/accounts/2fa/webauthn/")
    fine(page)
    tab_to(page, "form[data-passkey] button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}{prefix}/accounts/2fa/webauthn/")
    press(page, "a[href$='/remove/']")  # the passkey was shown just now, at the sign-in
    fine(page)
    press(page, "main form[action$='/remove/'] button")
    assert "골목 전화기" not in page.inner_text("main ul.inbox, main .inbox-none")


@LANGUAGES
def test_passkey_stands_in_for_the_code_after_a_password(live_site, phone, prefix):
    page, site = phone, named(live_site)
    address = sign_up(page, site, prefix, "second")
    page.goto(f"{site.url}{prefix}/accounts/2fa/webauthn/add/")
    show_password(page)
    press(page, "form[data-passkey] button[type=submit]")
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    sign_out(page, site, prefix)
    password_in(page, site, prefix, address)
    assert "/accounts/2fa/authenticate/" in page.url
    fine(page)
    tab_to(page, "form[data-passkey] button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}{prefix}/me/")


@LANGUAGES
def test_whoever_has_a_passkey_is_asked_for_it_and_never_for_the_password(live_site, phone, prefix):
    page, site = phone, named(live_site)
    sign_up(page, site, prefix, "again")
    page.goto(f"{site.url}{prefix}/accounts/2fa/webauthn/add/")
    show_password(page)
    press(page, "form[data-passkey] button[type=submit]")
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    page.goto(f"{site.url}{prefix}/accounts/2fa/")
    fine(page)
    page.goto(f"{site.url}{prefix}/accounts/reauthenticate/?next={prefix}/me/leave/")
    assert f"{prefix}/accounts/2fa/webauthn/reauthenticate/" in page.url
    assert page.locator("input[name=password]").count() == 0
    fine(page)
    press(page, "a[href*='/accounts/2fa/reauthenticate/']")
    fine(page)
    press(page, "a[href*='/webauthn/reauthenticate/']")
    tab_to(page, "form[data-passkey] button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}{prefix}/me/leave/")


@LANGUAGES
def test_owner_who_does_not_show_a_finger_is_told_and_can_go_on(live_site, phone, prefix):
    page, site = phone, named(live_site)
    state = {"authenticatorId": page.passkeys, "isUserVerified": False}
    page.device.send("WebAuthn.setUserVerified", state)
    page.goto(f"{site.url}{prefix}/accounts/login/")
    tab_to(page, "form[data-passkey] button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-passkey-trouble]:not([hidden])")
    fine(page)


@LANGUAGES
def test_app_is_set_up_signs_in_and_a_recovery_code_does_when_it_is_lost(live_site, phone, prefix):
    page, site = phone, live_site
    address = sign_up(page, site, prefix, "app")
    page.goto(f"{site.url}{prefix}/accounts/2fa/")
    press(page, "a[href$='/totp/activate/']")
    show_password(page)
    fine(page)
    secret = page.inner_text("code.key")
    type_into(page, "input[name=code]", "000000")
    press(page, "main form:has([name=code]) button[type=submit]")
    assert page.locator(".field-error").count()
    fine(page)
    type_into(page, "input[name=code]", code_of(secret))
    press(page, "main form:has([name=code]) button[type=submit]")
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    fine(page)
    recovery = page.locator(".recovery-codes code").all_inner_texts()
    assert len(recovery) == 10
    for code in (code_of(secret, away=1), recovery[4]):
        sign_out(page, site, prefix)
        password_in(page, site, prefix, address)
        assert "/accounts/2fa/authenticate/" in page.url
        fine(page)
        type_into(page, "input[name=code]", code)
        press(page, "main form:has([name=code]) button[type=submit]")
        assert page.url == f"{site.url}{prefix}/me/"
    page.goto(f"{site.url}{prefix}/accounts/2fa/")
    assert re.search(r"(?<!\d)9(?!\d)", page.inner_text("section:has(#recovery)"))


@LANGUAGES
def test_sessions_are_seen_and_signed_out_everywhere_else(live_site, phone, chromium_process, prefix):
    page, site = phone, live_site
    address = sign_up(page, site, prefix, "where")
    other = chromium_process.new_context(locale="ko-KR").new_page()
    password_in(other, site, prefix, address)
    page.goto(f"{site.url}{prefix}/me/")
    press(page, "a[href$='/accounts/sessions/']")
    fine(page)
    press(page, "button[name=end][value=others]")
    other.goto(f"{site.url}{prefix}/me/")
    assert "/accounts/login/" in other.url
    other.context.close()


def test_address_that_is_a_number_says_why_no_passkey_works(live_site, browser):
    page = browser.new_page()
    page.goto(f"{live_site.url}/accounts/login/")
    assert page.locator("form[data-passkey]").is_hidden()
    page.click("[data-passkey-named]")
    assert page.url.startswith("http://localhost:")
    page.locator("form[data-passkey]").wait_for()  # the script that shows it runs after the page has come


def test_without_scripts_a_sentence_stands_where_the_passkey_would(live_site, chromium_process):
    context = chromium_process.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_site.url}/accounts/login/")
    assert page.locator("form[data-passkey]").is_hidden()
    assert page.locator("[data-passkey-without]").is_visible()
    context.close()


def test_official_comes_to_the_desk_with_password_and_code(live_site, chromium_process):
    context = chromium_process.new_context(locale="ko-KR")
    page, site = context.new_page(), live_site
    page.goto(f"{site.url}/desk/")
    page.fill("input[name=login]", "moderator@demo.example")
    page.fill("input[name=password]", site.password)
    page.click("main form:has([name=password]) button[type=submit]")
    assert "/accounts/2fa/authenticate/" in page.url
    show_code(page, site, "moderator@demo.example")
    page.wait_for_url(f"{site.url}/desk/")
    context.close()
