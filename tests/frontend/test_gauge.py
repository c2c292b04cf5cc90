"""Does the browser redraw a gauge exactly as the server would draw it?"""

import json
from pathlib import Path
from typing import Any

import pytest

from livinglab.drawing.gauge import gauge

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Any, repository: Path) -> Any:
    """An empty page that runs the built script and nothing else."""
    dist = repository / "frontend" / "dist"
    script = dist / json.loads((dist / "manifest.json").read_text())["src/main.ts"]["file"]
    page = browser.new_page()
    page.set_content("<!doctype html><title>gauge</title>")
    page.add_script_tag(content=script.read_text(), type="module")
    page.evaluate("customElements.whenDefined('live-gauge').then(() => true)")  # a module runs when it likes
    return page


def _markup(page: Any, drawn: str) -> str:
    """As the browser writes it: its own quotes and closing tags."""
    return str(
        page.evaluate(
            "drawn => { const box = document.createElement('div'); box.innerHTML = drawn; return box.innerHTML }", drawn
        )
    )


def _redrawn(page: Any, before: int, after: int, needed: int) -> str:
    return str(
        page.evaluate(
            """([drawn, supports]) => {
                document.body.innerHTML = drawn;
                const gauge = document.querySelector("live-gauge");
                gauge.dataset.supports = supports;
                for (const lamp of gauge.querySelectorAll(".just-lit")) lamp.classList.remove("just-lit");
                return document.body.innerHTML;
            }""",
            [str(gauge(before, needed)), str(after)],
        )
    )


@pytest.mark.parametrize(
    ("before", "after", "needed"), [(28, 29, 30), (29, 30, 30), (30, 31, 30), (31, 30, 30), (90, 91, 30), (40, 41, 100)]
)
def test_gauge_after_a_change_equals_the_servers(page: Any, before: int, after: int, needed: int) -> None:
    assert _redrawn(page, before, after, needed) == _markup(page, str(gauge(after, needed)))


def test_gauge_with_one_more_support_lights_one_lamp(page: Any) -> None:
    page.evaluate("drawn => { document.body.innerHTML = drawn }", str(gauge(28, 30)))
    page.evaluate("document.querySelector('live-gauge').dataset.supports = '29'")

    assert page.locator(".just-lit").count() == 1
