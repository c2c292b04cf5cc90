"""The lamps of a district in a real browser: live, paused, by keyboard, without scripts, and nobody else is asked."""

import gzip
import json
import re
import urllib.request
from datetime import UTC, datetime
from itertools import count

import pytest

from tests.journeys.test_every_page import AXE, violations
from tests.journeys.walking import no_sideways_scroll, tab_to

pytestmark = pytest.mark.browser

GURO, DONG = "11530", "1153052000"  # nobody plays a night in Guro
_serial = count(1)


@pytest.fixture(scope="module")
def key(live_site):
    """The key of Guro's gateway."""
    return json.loads(live_site.command("token", "--gateway", GURO, "--json"))["token"]


@pytest.fixture
def page(browser, live_site):
    """The map of a dong, its socket open."""
    page = browser.new_page()
    page.goto(f"{live_site.url}/live/?dong={DONG}")
    page.wait_for_selector(".lamp-mark")
    page.wait_for_timeout(1_000)
    return page


def say(site, key, tag, power):
    """A reading over HTTP, as the gateway sends it."""
    said = [{"device": tag, "mid": f"j{next(_serial)}", "t": datetime.now(UTC).isoformat(), "v": {"powerState": power}}]
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    asked = urllib.request.Request(f"{site.url}/ingest/v1/observations", json.dumps(said).encode(), headers)
    with urllib.request.urlopen(asked) as answer:
        assert json.load(answer)["accepted"] == 1


def tags_on(page):
    return [
        row.removeprefix("device:")
        for row in page.locator("[data-live-key]").evaluate_all("all => all.map(row => row.dataset.liveKey)")
    ]


def condition(page, tag):
    return page.get_attribute(f"[data-live-key='device:{tag}'] [data-condition]", "data-condition")


def number_lit(page):
    return int(page.inner_text("[data-legend=on] [data-number]").replace(",", ""))


def lit_on_map(page):
    """Lamps that the marks on the map say are on, over the whole district."""
    labels = page.locator(".lamp-mark").evaluate_all("all => all.map(mark => mark.getAttribute('aria-label'))")
    return sum(int(found[1]) for label in labels for found in [re.search(r"(?:켜짐|On) (\d+)", label)] if found)


def wait_for_condition(page, tag, how, timeout):
    page.wait_for_function(
        "([row, how]) => document.querySelector(row).dataset.condition === how",
        arg=[f"[data-live-key='device:{tag}'] [data-condition]", how],
        timeout=timeout,
    )


def test_reading_changes_mark_and_list_within_a_second(live_site, page, key):
    tag = tags_on(page)[0]
    before = number_lit(page)
    say(live_site, key, tag, "on")
    wait_for_condition(page, tag, "on", 1_000)
    assert number_lit(page) == before + 1
    row = page.locator(f"[data-live-key='device:{tag}'] [data-condition]")
    assert row.inner_text().strip() == page.inner_text("[data-legend=on] [data-mark]").strip()
    assert row.locator("svg").count() == 1


def test_mark_on_the_map_tells_of_the_reading(live_site, browser, key):
    page = browser.new_page()
    page.goto(f"{live_site.url}/live/?district={GURO}")
    page.wait_for_selector(".lamp-mark")
    page.wait_for_timeout(1_000)
    lists = browser.new_page()
    lists.goto(f"{live_site.url}/live/?dong={DONG}")
    tag, before = tags_on(lists)[5], lit_on_map(page)
    say(live_site, key, tag, "on")
    wait_for_condition(lists, tag, "on", 5_000)
    page.wait_for_timeout(1_000)
    assert lit_on_map(page) == before + 1
    assert int(page.inner_text(f"[data-dong='{DONG}'] [data-lit]").replace(",", "")) >= 1
    assert page.locator("[data-when=some]").is_visible()


def test_pause_stops_and_going_on_catches_up(live_site, page, key):
    one, two = tags_on(page)[1:3]
    page.click("[data-live-pause]")
    before = (condition(page, one), number_lit(page), lit_on_map(page))
    say(live_site, key, one, "on")
    say(live_site, key, two, "on")
    page.wait_for_function("() => document.querySelector('[data-live-pause]').textContent.includes('2')", timeout=5_000)
    page.wait_for_timeout(500)
    assert (condition(page, one), number_lit(page), lit_on_map(page)) == before
    page.click("[data-live-pause]")
    wait_for_condition(page, one, "on", 1_000)
    assert condition(page, two) == "on"
    assert number_lit(page) == before[1] + 2


def test_announcements_are_batched(live_site, page, key):
    page.evaluate(
        """() => {
            window.said = [];
            const status = document.querySelector("[data-live-bar] [role=status]");
            new MutationObserver(() => window.said.push(status.textContent)).observe(status, {childList: true});
        }"""
    )
    for tag in tags_on(page)[10:14]:
        say(live_site, key, tag, "off")
        page.wait_for_timeout(600)
    assert len(page.evaluate("window.said")) == 1


def test_without_scripts_the_page_says_the_same(live_site, chromium_process, page):
    plain = chromium_process.new_context(java_script_enabled=False, locale="ko-KR")
    still = plain.new_page()
    still.goto(page.url)
    assert still.locator("[data-live-key]").count() == page.locator("[data-live-key]").count() == 50
    for part in ("[data-legend] [data-number]", "[data-condition]"):
        assert still.locator(part).all_text_contents() == page.locator(part).all_text_contents()
    assert re.search(r"\d\d:\d\d 기준|as of \d\d:\d\d", still.inner_text(".live-head"))
    picture = still.locator(".lamp-sheet img")
    assert picture.evaluate("image => image.naturalWidth") > 0
    still.click("text=/^(다음|Next)$/")
    assert "page=2" in still.url
    still.goto(f"{live_site.url}/live/?district={GURO}")
    assert still.locator("[data-dong]").count() >= 16
    plain.close()


CABINET = """
from civic.clocks.now import database_now
from civic.devices.actions import connect_lamps, place_cabinet
from civic.devices.models import Device
from civic.faults.actions import open_by_finding
from civic.places.models import District
guro, at = District.objects.get(code="11530"), database_now()
box = place_cabinet(by=None, district=guro, tag="11530-box-j", name="분전함", at=at)
connect_lamps(by=None, cabinet=box, lamps=list(Device.objects.filter(tag__in={tags})), at=at)
open_by_finding(device=box, code="supplyLoss", at=at)
"""


def test_lamps_of_a_cabinet_go_by_what_it_says_now_and_not_by_the_fault_on_paper(live_site, browser, page, key):
    one, two = tags_on(page)[20:22]
    live_site.command(
        "shell", "--no-imports", "-c", CABINET.format(tags=[one, two])
    )  # its power is back, its fault open
    page.reload()
    page.wait_for_selector(".lamp-mark")
    page.wait_for_timeout(1_500)
    say(live_site, key, one, "on")
    wait_for_condition(page, one, "on", 5_000)
    assert "with_cabinet" not in {condition(page, one), condition(page, two)}


FOUND = """
from civic.clocks.now import database_now
from civic.devices.models import Device
from civic.faults.actions import report_fault
lamp = Device.objects.filter(dong="{dong}", faults=None, retired_at=None, streetlight__isnull=False).first()
report_fault(device=lamp, category="dark", at=database_now())
"""
AMISS_NOW = """dong => {
    const row = document.querySelector(`li[data-dong="${dong}"]`);
    if (!row || !row.querySelector("[data-notable=fault]:not([hidden])")) return null;
    const number = document.querySelector("[data-calm-number]").textContent;
    const listed = document.querySelectorAll("[data-dongs=calm] > [data-dong]:not([data-dong=''])").length;
    return {under: row.parentElement.dataset.dongs, shown: !row.parentElement.hidden, number: Number(number), listed};
}"""


def test_dong_leaves_those_where_nothing_is_amiss_in_the_moment_in_which_its_fault_is_told(live_site, browser):
    page = browser.new_page()
    page.goto(f"{live_site.url}/live/?district={GURO}")
    page.wait_for_selector(".lamp-mark")
    page.wait_for_timeout(1_000)
    calm = page.locator("[data-dongs=calm] > [data-dong]:not([data-dong=''])")
    before, dong = calm.count(), calm.last.get_attribute("data-dong")
    assert int(page.inner_text("[data-calm-number]") or 0) in (0, before)  # not shown where all is well
    live_site.command("shell", "--no-imports", "-c", FOUND.format(dong=dong))
    told = page.wait_for_function(AMISS_NOW, arg=dong, timeout=10_000).json_value()
    assert told == {"under": "amiss", "shown": True, "number": before - 1, "listed": before - 1}


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("width", [1280, 320])
def test_page_passes_axe_fits_and_breaks_no_policy(live_site, chromium_process, prefix, width):
    context = chromium_process.new_context(viewport={"width": width, "height": 700})
    page, asked, broken = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: broken.append(said.text) if said.type == "error" else None)
    source = AXE.read_text(encoding="utf-8")
    for query in (f"?district={GURO}", f"?dong={DONG}", "?district=11200&state=fault"):
        page.goto(f"{live_site.url}{prefix}/live/{query}")
        page.wait_for_selector(".lamp-mark", state="attached")
        page.click(".leaflet-control-zoom-in")
        page.wait_for_timeout(600)
        page.wait_for_selector(".leaflet-zoom-anim", state="detached")
        assert no_sideways_scroll(page), query
        page.evaluate(source)
        assert (query, violations(page)) == (query, [])
    assert [url for url in asked if not url.startswith((live_site.url, "data:", "blob:"))] == []
    assert broken == []
    context.close()


def test_lamp_is_reached_and_opened_by_keyboard(live_site, page):
    tab_to(page, ".lamp-mark", most=60)
    seen = {page.locator(":focus").get_attribute("data-cell")}
    for arrow in ("ArrowDown", "ArrowRight", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(arrow)
        seen.add(page.locator(":focus").get_attribute("data-cell"))
    assert len(seen) > 1
    for _n in range(12):  # closer and closer, until lamps stand alone
        page.keyboard.press("Enter")
        page.wait_for_timeout(900)
        if page.locator(".lamp-found a").count():
            break
    assert page.locator(".lamp-found a:focus").count() == 1
    page.keyboard.press("Escape")
    page.wait_for_selector(".lamp-mark:focus")
    page.keyboard.press("Enter")
    page.wait_for_selector(".lamp-found a:focus")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert f"/devices/{GURO}-" in page.url
    assert page.locator("h1").count() == 1


def test_scripts_are_light_and_the_map_is_loaded_where_there_is_one(live_site, browser):
    page, sizes = browser.new_page(), {}

    def weigh(answer):
        if answer.request.resource_type == "script":
            sizes[answer.url] = len(gzip.compress(answer.body()))

    page.on("response", weigh)
    page.goto(f"{live_site.url}/proposals/", wait_until="networkidle")
    assert sum(sizes.values()) <= 60_000
    assert not any("/map-" in url for url in sizes)
    page.goto(f"{live_site.url}/live/?district={GURO}")
    page.wait_for_selector(".lamp-mark")
    assert any("/map-" in url for url in sizes)
    assert sum(sizes.values()) <= 200_000
