"""A dark lamp in a real browser: plate, two taps, a neighbour joins, an official mends it on a phone, all live."""

import re

import pytest

from tests.journeys.test_every_page import AXE, violations
from tests.journeys.walking import no_sideways_scroll, press, sign_in, tab_to

pytestmark = pytest.mark.browser

PHONE = {"width": 375, "height": 740}
WITHIN = 5_000  # ms until another page shows it, on a busy machine


@pytest.fixture(scope="module")
def lamps(live_site):
    """Tags of lamps of Seongdong that are in order, one for each test."""
    asked = (
        "from civic.devices.models import Device;"
        "print(*Device.objects.filter(district='11200', faults=None, parent=None, retired_at=None, lat__isnull=False,"
        " dong__isnull=False).order_by('-tag').values_list('tag', flat=True)[:12])"
    )
    tags = live_site.command("shell", "--no-imports", "-c", asked).split()
    return iter(tags)


@pytest.fixture
def lamp(lamps):
    return next(lamps)


@pytest.fixture
def phone(chromium_process):
    """As many telephones as a test asks for, each somebody else's."""
    contexts = []

    def another(**more):
        contexts.append(chromium_process.new_context(locale="ko-KR", viewport=PHONE, **more))
        return contexts[-1].new_page()

    yield another
    for context in contexts:
        context.close()


def report(page, site, lamp, trouble="dark"):
    """Two taps."""
    page.goto(f"{site.url}/l/{lamp}/")
    page.click(f"label.trouble-{trouble}")
    page.click(".report button[type=submit]")
    page.wait_for_url(re.compile("/faults/mine/"))
    return page.inner_text("#fault-now .object-kicker .tabular")


def act(page, site, code, name, **said):
    page.goto(f"{site.url}/faults/{code}/")
    page.click(f"a[href$='acts/{name}/']")
    for field, words in said.items():
        page.fill(f"[name={field}]", words)
    page.click("main form button[type=submit]")
    page.wait_for_url(f"{site.url}/faults/{code}/")


def waits_for_state(page, state):
    page.wait_for_function(
        "want => document.querySelector('#fault-now').dataset.liveState === want", arg=state, timeout=WITHIN
    )


def test_guest_reports_in_two_taps_neighbour_joins_official_repairs_and_the_guests_page_follows(live_site, lamp, phone):
    site, guest, neighbour, official = live_site, phone(), phone(), phone()
    code = report(guest, site, lamp)
    own_page = guest.url
    guest.wait_for_selector(".live-bar--on")
    guest.evaluate("() => { window.same = true; }")

    neighbour.goto(f"{site.url}/l/{lamp}/")
    assert code in neighbour.locator("#known a").first.get_attribute("href")
    neighbour.click("#known form button")
    neighbour.wait_for_url(re.compile("/faults/mine/"))
    guest.wait_for_function(
        "() => /2/.test(document.querySelector('#fault-now .fault-voices').innerText)", timeout=WITHIN
    )

    sign_in(official, site, "official", path=f"/faults/{code}/")
    act(official, site, code, "take")
    waits_for_state(guest, "acknowledged")
    act(official, site, code, "start")
    waits_for_state(guest, "in_progress")
    act(official, site, code, "repair", result="램프와 안정기를 바꾸었습니다.")
    waits_for_state(guest, "repaired")
    waits_for_state(neighbour, "repaired")
    guest.wait_for_function("() => document.querySelector('#log').innerText.includes('도로시설과')", timeout=WITHIN)
    assert "램프와 안정기를 바꾸었습니다." in guest.inner_text("#fault-now")
    assert guest.evaluate("window.same")  # never loaded again
    assert guest.url == own_page
    assert no_sideways_scroll(guest)
    assert no_sideways_scroll(official)


def test_plate_page_learns_of_a_new_fault_without_losing_what_is_chosen(live_site, lamp, phone):
    reader, guest = phone(), phone()
    reader.goto(f"{live_site.url}/l/{lamp}/")
    reader.wait_for_selector(".live-bar--on")
    reader.click("label.trouble-broken")
    code = report(guest, live_site, lamp)
    reader.wait_for_selector(f"#known a[href*='{code}']", timeout=WITHIN)
    assert reader.is_checked("input[value=broken]")


def test_report_and_me_too_work_without_scripts_and_by_keyboard_at_320_px(live_site, lamp, chromium_process, phone):
    context = chromium_process.new_context(
        locale="en-GB", java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    page.goto(f"{live_site.url}/l/{lamp}/")
    assert page.get_attribute("html", "lang") == "en"
    page.click("label.trouble-flickering")
    page.click(".report button[type=submit]")
    page.wait_for_url(re.compile("/en/faults/mine/"))
    context.close()

    keys = phone()
    keys.set_viewport_size({"width": 320, "height": 640})
    keys.goto(f"{live_site.url}/l/{lamp}/")
    assert no_sideways_scroll(keys)
    tab_to(keys, "#known form button")
    with keys.expect_navigation():
        keys.keyboard.press("Enter")
    assert "/faults/mine/" in keys.url
    assert no_sideways_scroll(keys)


@pytest.mark.parametrize("scripts", [True, False])
def test_report_without_a_choice_comes_back_at_its_error_on_a_phone(live_site, lamp, phone, scripts):
    page = phone(java_script_enabled=scripts)
    page.goto(f"{live_site.url}/l/{lamp}/")
    page.click(".report button[type=submit]")
    error = page.locator("#errors:focus")
    error.wait_for()
    box, legend = error.bounding_box(), page.locator(".troubles").bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= PHONE["height"]
    assert legend["y"] - box["y"] - box["height"] >= 16
    page.click(".trouble-dark")
    page.click(".report button[type=submit]")
    page.wait_for_url(re.compile("/faults/mine/"))


def test_official_works_at_the_desk_on_a_phone(live_site, lamp, phone):
    guest, official = phone(), phone()
    code = report(guest, live_site, lamp)
    sign_in(official, live_site, "official", path="/desk/faults/")
    assert no_sideways_scroll(official)
    official.goto(f"{live_site.url}/desk/faults/{code}/")
    for name in ("take", "start", "repair"):
        official.click(f".desk-acts a[href$='/{name}/']")
        if name == "repair":
            official.fill("[name=result]", "기둥을 바로 세웠습니다.")
        official.click(".desk form button[type=submit]")
        own_page = "" if name == "repair" else f"{code}/"
        official.wait_for_url(re.compile(rf"/desk/faults/{own_page}$"))
        assert no_sideways_scroll(official)
    waits_for_state(guest, "repaired")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_pages_of_one_fault_pass_axe_and_fit(live_site, lamps, chromium_process, prefix, width):
    lamp, site = next(lamps), live_site
    context = chromium_process.new_context(locale="ko-KR", viewport={"width": width, "height": 800})
    page, found = context.new_page(), {}
    code = report(page, site, lamp, "wire")
    paths = [page.url.removeprefix(site.url), f"/l/{lamp}/?lang={prefix[1:] or 'ko'}"]
    sign_in(page, site, "official")
    paths += [f"{prefix}/devices/{lamp}/"]
    paths += [f"{prefix}/faults/{code}/{part}" for part in ("", "me-too/", "acts/take/", "acts/reject/")]
    for path in paths:
        page.goto(site.url + path)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found |= {f"{path} {rule}": (html, why) for rule, html, why in violations(page)}
        assert no_sideways_scroll(page), path
    context.close()
    assert found == {}


def test_list_of_faults_is_walked_by_keyboard(live_site, lamp, phone):
    guest = phone()
    code = report(guest, live_site, lamp)
    guest.goto(f"{live_site.url}/faults/")
    press(guest, f".fault-row a[href*='{code}']")
    assert guest.url == f"{live_site.url}/faults/{code}/"
