"""One's own data by the keyboard alone, at 320 px, in both languages: corrected, taken back, taken along, erased."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_second_step import fine, show_password, sign_up
from tests.journeys.walking import press, tab_to, type_into
from tests.live import Site

pytestmark = pytest.mark.browser
DOSEON = "1120053500"
ASK_AGAIN = """
from civic.people.models import ConsentRecord, Person
person = Person.objects.get(email="{address}")
ConsentRecord.objects.filter(person=person).delete()
Person.objects.filter(pk=person.pk).update(consent_due=True)
"""


@pytest.fixture
def phone(chromium_process: Any) -> Iterator[Any]:
    context = chromium_process.new_context(locale="ko-KR", viewport={"width": 320, "height": 640})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_own_data_is_corrected_taken_along_and_erased(live_site: Site, phone: Any, prefix: str, tmp_path: Path) -> None:
    page, site = phone, live_site
    address = sign_up(page, site, prefix, "leaver")
    page.goto(f"{site.url}{prefix}/me/")
    press(page, f"a[href='{prefix}/me/privacy/']")
    fine(page)
    _correct(page, site, prefix)
    _take_back(page, site, prefix)
    _agree_again(page, site, prefix, address)
    _take_along(page, site, prefix, address, tmp_path)
    _leave(page, site, prefix)
    page.goto(f"{site.url}{prefix}/me/")
    assert "/accounts/login/" in page.url


def _correct(page: Any, site: Site, prefix: str) -> None:
    press(page, f"a[href='{prefix}/me/details/']")
    fine(page)
    tab_to(page, "select[name=dong]")
    page.locator("select[name=dong]").select_option(DOSEON)
    press(page, "main form button[type=submit]")
    fine(page)  # refused: the keeping of a dong was not agreed to
    assert page.locator(".consent .field-error").count() == 1
    tab_to(page, "input[name=consent_place]")
    page.keyboard.press("Space")
    press(page, "main form button[type=submit]")
    assert page.url == f"{site.url}{prefix}/me/"


def _take_back(page: Any, site: Site, prefix: str) -> None:
    page.goto(f"{site.url}{prefix}/me/privacy/")
    fine(page)
    press(page, "form[action$='/place/withdraw/'] button")
    fine(page)
    assert page.locator("form[action$='/place/give/']").count() == 1


def _agree_again(page: Any, site: Site, prefix: str, address: str) -> None:
    """A text has changed: asked at the next page, and led on to it afterwards."""
    site.command("shell", "-c", ASK_AGAIN.format(address=address))
    page.goto(f"{site.url}{prefix}/proposals/")
    assert f"{prefix}/me/consents/" in page.url
    fine(page)
    press(page, "main form button[type=submit]")
    fine(page)  # nothing ticked: each box says what it is needed for
    for box in ("consent_terms", "consent_account"):
        tab_to(page, f"input[name={box}]")
        page.keyboard.press("Space")
    press(page, "main form button[type=submit]")
    assert page.url == f"{site.url}{prefix}/proposals/"


def _take_along(page: Any, site: Site, prefix: str, address: str, folder: Path) -> None:
    page.goto(f"{site.url}{prefix}/me/export/")
    show_password(page)
    assert page.url == f"{site.url}{prefix}/me/export/"
    fine(page)
    tab_to(page, f"a[href='{prefix}/me/export.json']")
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    taken.value.save_as(folder / "mine.json")
    assert json.loads((folder / "mine.json").read_text(encoding="utf-8"))["account"]["email"] == address


def _leave(page: Any, site: Site, prefix: str) -> None:
    page.goto(f"{site.url}{prefix}/me/leave/")
    fine(page)
    press(page, "main form button[type=submit]")
    fine(page)  # refused: nothing was chosen
    tab_to(page, "input[name=texts]")
    page.keyboard.press("Space")
    type_into(page, "input[name=nickname]", f"열쇠leaver{len(prefix)}")
    press(page, "main form button[type=submit]")
    assert page.url == f"{site.url}{prefix}/privacy/left/"
    fine(page)
