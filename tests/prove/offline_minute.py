"""Does a browser that was away for a minute end with the page of one that stayed? Two Chromiums, one proposal."""

import json
import os
import time
from pathlib import Path
from typing import Any

from tests.journeys.walking import support
from tests.live import another, chromium, running_site

AWAY = 60.0  # seconds
NEARLY = "작은 마을버스 정류소에도 소리로 도착 안내를"  # 27 of 30 in the demonstration
SUPPORTERS = ("resident", "expert", "moderator", "admin")  # one more than it needs
SETTLED = 10.0  # seconds that both have to become what they are to be


def run() -> list[dict[str, Any]]:
    """A proposal passes its threshold while one of two browsers is offline."""
    folder = Path(os.environ["LIVINGLAB_DATA"])
    services = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}
    with running_site(folder, **services) as site, chromium() as first, another(first) as second:
        here, gone = (browser.new_page(locale="ko-KR") for browser in (first, second))  # type: ignore[attr-defined]  # playwright's type would load it here
        items = json.loads(here.request.get(f"{site.url}/api/v1/proposals?page_size=100").text())["items"]
        code = next(item["id"] for item in items if item["title"] == NEARLY)
        for page in (here, gone):
            page.goto(f"{site.url}/proposals/{code}/")
            page.wait_for_selector(".live-bar--on")
        gone.context.set_offline(True)
        began = time.monotonic()
        before = gone.inner_html("main")
        for who in SUPPORTERS:
            support(first, site, who, code)
        here.wait_for_selector("[data-live-state=dept_review]", timeout=15_000)
        here.wait_for_timeout(max(0.0, AWAY - (time.monotonic() - began)) * 1000)
        away = time.monotonic() - began
        blind = gone.inner_html("main") == before
        gone.context.set_offline(False)
        back = time.monotonic()
        equal = _became_equal(here, gone, back + SETTLED)
        took = time.monotonic() - back
    return [
        _row("seconds offline", f"{away:.0f} s", f"{AWAY:.0f} s at least", away >= AWAY),
        _row("the page that was away heard nothing meanwhile", blind, True, blind),
        _row("both pages then hold the same, letter by letter", equal, True, equal),
        _row("seconds from the line's return to that", f"{took:.1f} s", f"{SETTLED:.0f} s", equal and took <= SETTLED),
    ]


def _became_equal(here: Any, gone: Any, until: float) -> bool:
    """The same `main`, at the new state."""
    while time.monotonic() < until:
        if gone.query_selector("[data-live-state=dept_review]") and gone.inner_html("main") == here.inner_html("main"):
            return True
        here.wait_for_timeout(200)
        gone.wait_for_timeout(1)
    return False


def _row(promise: str, figure: Any, bound: Any, met: bool) -> dict[str, Any]:
    return {"promise": promise, "figure": str(figure), "bound": str(bound), "met": met}
