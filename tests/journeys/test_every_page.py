"""What holds for every kind of page: accessible, valid, ours alone, and whole on a narrow screen."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.journeys.pages import addresses
from tests.journeys.walking import no_sideways_scroll

pytestmark = pytest.mark.browser

FRONTEND = Path(__file__).parents[2] / "frontend"
AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.timeout(600)  # seventy-five kinds of page, each in two languages
def test_every_page_passes_axe_fits_320_px_and_asks_no_other_host(live_site, chromium_process):
    found, wide, foreign = {}, [], set()  # what axe found, what is too wide, who else was asked
    source = AXE.read_text(encoding="utf-8")
    for name, page, url in addresses(live_site, chromium_process, foreign):
        page.goto(url)
        page.evaluate(source)
        if "/en" in name:  # both languages have the same elements: one is asked wide, the other narrow
            found[name] = violations(page)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if not no_sideways_scroll(page):
            wide.append(f"{name} with text of 200 %")
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size({"width": 320, "height": 640})
        if "/ko" in name:
            found[f"{name} at 320 px"] = violations(page)
        if not no_sideways_scroll(page):
            wide.append(name)
        page.set_viewport_size({"width": 1280, "height": 800})
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert wide == []
    assert foreign == set()


def violations(page) -> list[tuple[str, str, str]]:
    """What axe, loaded before, finds in the page as it is now: the rule, the first element, and why."""
    outcome = page.evaluate("tags => axe.run({runOnly: tags})", TAGS)
    first = [(wrong["id"], wrong["nodes"][0]) for wrong in outcome["violations"]]
    return [(rule, node["html"][:120], node["failureSummary"][:160]) for rule, node in first]


def test_every_page_is_valid_html(live_site, chromium_process, tmp_path):
    for n, (_name, page, url) in enumerate(addresses(live_site, chromium_process)):
        source = page.request.get(url).text()
        (tmp_path / f"{n:03d}.html").write_text(source, encoding="utf-8")
    report = tmp_path / "report.json"
    subprocess.run(
        ["node_modules/.bin/html-validate", "--config", ".htmlvalidate.json", "-f", f"json={report}", str(tmp_path)],
        cwd=FRONTEND,
        capture_output=True,
        check=False,  # it fails when it finds something; the report says what
    )
    wrong = [
        (Path(page["filePath"]).name, message["ruleId"], message["message"], message["line"])
        for page in json.loads(report.read_text(encoding="utf-8"))
        for message in page["messages"]
    ]
    assert wrong == []


def test_every_page_is_whole_without_scripts(live_site, chromium_process):
    context = chromium_process.new_context(java_script_enabled=False, viewport={"width": 375, "height": 700})
    page = context.new_page()
    page.goto(f"{live_site.url}/proposals/")
    assert page.locator("article.proposal-row").count() == 10
    page.click("article.proposal-row a >> nth=0")
    assert page.locator("h1").count() == 1
    context.close()
