"""How does a test walk? With the keyboard, as somebody does who has no mouse."""

import re
from typing import Any

from tests.live import Site

SECOND_STEP = "/accounts/2fa/authenticate/"
ACCOUNTS = ("resident", "resident2", "expert", "official", "moderator", "admin")

_sessions: dict[tuple[str, str], list[Any]] = {}  # of the staff: (site, address) -> cookies


def tab_to(page: Any, selector: str, *, most: int = 80) -> Any:
    """Press Tab until the element has the focus; fails when the keyboard never gets there."""
    for _n in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => !!document.activeElement && document.activeElement.matches(s)", selector):
            return page.locator(":focus")
    raise AssertionError(f"the keyboard never reaches {selector} on {page.url}")


def press(page: Any, selector: str) -> None:
    """Go to a link or a button by keyboard and press Enter; comes back on the page it leads to."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_into(page: Any, selector: str, text: str) -> None:
    """Go to a field by keyboard and type."""
    tab_to(page, selector)
    page.keyboard.type(text)


def sign_in(page: Any, site: Site, who: str, *, path: str = "/") -> None:
    """Sign in with the demonstration's password, the staff with a code too, and come out at `path`.

    The staff come back with the session they have: each code counts once, and a new one takes half a minute.
    """
    address = f"{who}@demo.example" if who in ACCOUNTS else who
    if _comes_back(page, site, address):
        page.goto(site.url + path)
        return
    page.goto(f"{site.url}/accounts/login/?next={path}")
    page.fill("input[name=login]", address)
    page.fill("input[name=password]", site.password)
    page.click("main form:has([name=password]) button[type=submit]")
    page.wait_for_url(lambda url: SECOND_STEP in url or url == f"{site.url}{path}")
    if SECOND_STEP in page.url:
        show_code(page, site, address)
        page.wait_for_url(f"{site.url}{path}")
        _sessions[site.url, address] = page.context.cookies()


def show_code(page: Any, site: Site, address: str) -> None:
    """Type what the authenticator app of an account shows now."""
    page.fill("input[name=code]", site.command("demo", "--code", address).strip())
    page.click("main form:has([name=code]) button[type=submit]")


def _comes_back(page: Any, site: Site, address: str) -> bool:
    """With the cookies of an earlier sign-in, where that session still stands."""
    if (site.url, address) not in _sessions:
        return False
    page.context.add_cookies(_sessions[site.url, address])
    page.goto(f"{site.url}/me/")
    return bool(page.url == f"{site.url}/me/")


def code_from_mail(page: Any, site: Site, address: str) -> str:
    """The newest code that was mailed to an address, as a visitor of the demonstration reads it."""
    page.goto(f"{site.url}/demo/mail/?to={address}")
    found = re.search(r"\b([A-Z0-9]{4}-[A-Z0-9]{4}|\d{4}-?\d{4})\b", page.inner_text("main"))
    assert found, page.inner_text("main")
    return found.group(1)


def no_sideways_scroll(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def support(chromium: Any, site: Site, who: str, code: str) -> None:
    """Somebody else, in a browser of their own, supports a proposal."""
    context = chromium.new_context()
    page = context.new_page()
    sign_in(page, site, who, path=f"/proposals/{code}/")
    page.click("form[action*='/support/'] button")
    page.wait_for_selector("form[action*='withdraw-support'] button")
    context.close()
