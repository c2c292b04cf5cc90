"""Offices in a browser: an administrator gives a role and opens a team, an official hands a proposal on, all see it."""

from datetime import UTC, datetime

import pytest

from tests.journeys.test_every_page import AXE, violations
from tests.journeys.walking import no_sideways_scroll, sign_in

pytestmark = pytest.mark.browser
WHY = "시험 장치를 달아야 하므로 관제데이터팀에서 맡습니다."


def looked_at(page) -> None:
    """As it is now, in both widths."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page) == [], f"{page.url} at {width} px"
        assert no_sideways_scroll(page), f"{page.url} at {width} px"
    page.set_viewport_size({"width": 1280, "height": 800})


def own_part(page) -> list:
    """What axe finds in our part of a page of the desk; the frame around it is Wagtail's."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    outcome = page.evaluate("axe.run({include: ['.desk']}, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    return [(wrong["id"], wrong["nodes"][0]["html"][:120]) for wrong in outcome["violations"]]


def test_administrator_gives_a_role_with_a_last_day_and_takes_it_back(live_site, chromium_process):
    page = chromium_process.new_context(locale="ko-KR", viewport={"width": 1280, "height": 800}).new_page()
    sign_in(page, live_site, "admin", path="/desk/roles/")
    assert own_part(page) == []
    page.click(".desk-acts a[href$='/roles/grant/']")
    page.fill("[name=email]", "resident4@demo.example")
    page.select_option("[name=role]", "official")
    page.select_option("[name=scope]", "department:11200.smart.city.data")
    page.fill("[name=name]", "윤데이터")
    year = f"{datetime.now(UTC).year + 4}"
    page.fill("[name=until]", f"{year}-12-31")
    page.fill("[name=reason]", "관제 담당으로 임명되었습니다.")
    assert own_part(page) == []
    page.click(".desk form button[type=submit]")
    page.wait_for_url(f"{live_site.url}/desk/roles/")
    row = page.locator(".desk tr", has_text=year)
    assert "관제데이터팀" in row.inner_text()
    assert "윤데이터" in row.inner_text()
    row.locator("a").click()
    page.fill("[name=reason]", "시험을 마쳤습니다.")
    page.click(".desk form button[type=submit]")
    page.wait_for_url(f"{live_site.url}/desk/roles/")
    page.goto(f"{live_site.url}/desk/roles/history/")
    assert "시험을 마쳤습니다." in page.inner_text(".desk")
    assert own_part(page) == []
    page.context.close()


def test_official_hands_a_proposal_on_and_residents_read_why(live_site, chromium_process):
    page = chromium_process.new_context(locale="ko-KR", viewport={"width": 1280, "height": 800}).new_page()
    waiting = page.request.get(f"{live_site.url}/api/v1/proposals?state=dept_review&district=11200").json()["items"]
    code = waiting[0]["id"]
    sign_in(page, live_site, "official", path="/desk/")
    page.goto(f"{live_site.url}/desk/proposals/?q={code}")
    page.click("td.title a")
    page.click(".desk-acts a[href*='/transfer/']")
    page.select_option("[name=department]", "11200.smart.city.data")
    page.fill("[name=reason]", WHY)
    assert own_part(page) == []
    page.click(".desk form button[type=submit]")
    page.wait_for_url(f"{live_site.url}/desk/")
    resident = chromium_process.new_context(locale="ko-KR").new_page()
    resident.goto(f"{live_site.url}/proposals/{code}/")
    opens = resident.locator("details.transfers summary >> visible=true")
    assert "underline" in opens.evaluate("node => getComputedStyle(node).textDecorationLine")  # it looks like a way on
    opens.click()
    shown = resident.inner_text("main")
    assert WHY in shown
    assert "관제데이터팀" in shown
    assert "02-0000-0101" in shown
    looked_at(resident)
    for one in (page, resident):
        one.context.close()


def test_departments_are_found_from_the_rules_and_lead_to_each_other(live_site, chromium_process):
    page = chromium_process.new_context(locale="ko-KR", viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{live_site.url}/policy/")
    page.click("main a[href='/departments/']")
    looked_at(page)
    page.click("a[href='/departments/11200.safety.roads.lights/']")
    looked_at(page)
    assert "02-0000-0121" in page.inner_text("main")
    page.click("main a[href='/departments/11200.safety.roads/']")
    assert page.locator("h1").inner_text() == "도로시설과"
    page.context.close()


def test_desk_is_paper_also_where_the_system_is_dark(live_site, chromium_process):
    """Night belongs to what is live; half of the desk would be black and half of it paper."""
    page = chromium_process.new_context(color_scheme="dark", viewport={"width": 1280, "height": 800}).new_page()
    sign_in(page, live_site, "official", path="/desk/proposals/")
    for path in ("/desk/proposals/", "/desk/faults/", "/desk/"):
        page.goto(f"{live_site.url}{path}")
        assert page.evaluate("document.documentElement.className.match(/w-theme-\\w+/g)") == ["w-theme-light"]
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
        surface = "getComputedStyle(document.documentElement).getPropertyValue('--w-color-surface-page').trim()"
        assert page.evaluate(surface) == "#fbfaf6"
    page.context.close()
