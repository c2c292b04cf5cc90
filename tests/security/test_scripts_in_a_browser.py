"""Does a real browser find anything to run or to block on a page full of attacks? Nothing got so far that it had to."""

import json
import urllib.request
from typing import Any

import pytest

from tests.live import Site
from tests.making import DOSEON
from tests.security.corpus import ATTACKS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
WATCH = """
window.blocked = [];
document.addEventListener("securitypolicyviolation", e =>
  window.blocked.push(`${e.violatedDirective} ${e.blockedURI}`));
"""


def test_page_of_attacks_runs_nothing_and_blocks_nothing(live_site: Site, browser: Any):
    token = json.loads(live_site.command("token", "--person", "resident@demo.example", "--json"))["token"]
    words = "골목이 어둡습니다. " + "\n\n".join(ATTACKS)
    code = post(live_site, token, "proposals", proposal(words))["id"]
    post(live_site, token, f"proposals/{code}/posts", {"stance": "for", "text": words[:1900]})
    page = browser.new_page()
    dialogs, foreign = [], set()
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda asked: None if asked.url.startswith(live_site.url) else foreign.add(asked.url))
    page.add_init_script(WATCH)
    for path in (f"/proposals/{code}/", "/proposals/", f"/en/proposals/{code}/"):
        page.goto(live_site.url + path)
        for link in page.locator("main a").all()[:60]:
            link.hover(force=True, timeout=500) if link.is_visible() else None
        page.wait_for_timeout(300)
        assert page.evaluate("window.blocked") == []
    assert dialogs == []
    assert {url for url in foreign if not url.startswith("data:")} == set()


def proposal(words: str) -> dict[str, Any]:
    return {
        "title": "<img src=x onerror=alert(1)> 꺼진 보안등",
        "problem": words,
        "proposal": words,
        "effect": words,
        "category": "safety",
        "dong": DOSEON,
        "tags": ["<svg/onload=alert()>"],
    }


def post(site: Site, token: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    asked = urllib.request.Request(f"{site.url}/api/v1/{path}", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(asked) as answer:
        return json.load(answer)
