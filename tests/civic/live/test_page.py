"""What does an open page do with what it hears? In a real browser, on the demonstration."""

import json
import secrets
import sqlite3
import time

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

NO_SOCKETS = "window.WebSocket = class { constructor() { throw new Error('not here') } }"
NO_STREAMS = "window.EventSource = class { constructor() { throw new Error('not here') } }"


class Open:
    """A proposal that collects support, on a page of its own."""

    def __init__(self, site, page) -> None:
        items = json.loads(page.request.get(f"{site.url}/api/v1/proposals?page_size=100").text())["items"]
        found = next(item for item in items if item["state"] == "open" and item["supports"] < 20)
        self.site, self.page, self.code, self.supports = site, page, found["id"], found["supports"]

    def visit(self) -> None:
        self.page.goto(f"{self.site.url}/proposals/{self.code}/")
        self.page.wait_for_selector(".live-bar--on", timeout=15_000)

    def tell(self, supports: int) -> None:
        """An item as the site would write it; the proposal itself stays as it is."""
        state = {"state": "open", "supports": supports, "needed": 30}
        tell(self.site, f"proposal:{self.code}", "ProposalSupported", state)

    def wait_for(self, supports: int, within: int = 1_500) -> None:
        script = "n => document.querySelector('[data-live=supports]').textContent.trim() == n"
        self.page.wait_for_function(script, arg=str(supports), timeout=within)

    @property
    def shown(self) -> int:
        return int(self.page.inner_text("[data-live=supports] >> nth=0"))


def tell(site, key: str, kind: str, state: dict[str, object]) -> None:
    """Write a public item into the feed of the running site."""
    execute(
        site,
        "INSERT INTO civic_item (key, kind, at, state, fact, audience, recipient)"
        " VALUES (?, ?, '2026-11-02 03:00:00', ?, '{}', 'public', '')",
        key,
        kind,
        json.dumps(state),
    )


def execute(site, statement: str, *values: str) -> None:
    """One statement in the database of the running site."""
    with sqlite3.connect(site.data / "livinglab.sqlite3", timeout=20) as database:
        database.execute(statement, values)
    database.close()


@pytest.fixture
def proposal(live_site, browser) -> Open:
    return Open(live_site, browser.new_page())


def test_number_sentence_gauge_and_wire_follow(proposal: Open):
    proposal.visit()
    proposal.tell(29)
    proposal.wait_for(29)
    page = proposal.page
    assert page.get_attribute("live-gauge >> nth=0", "data-supports") == "29"
    one = page.get_attribute("[data-live=sentence]", "data-one")
    assert page.inner_text("[data-live=sentence]") == one
    assert "29" in page.inner_text("body > nav.chain .lit .place-fact")
    page.wait_for_function("() => document.querySelector('[data-live-bar] [role=status]').textContent.includes('1')")
    page.wait_for_timeout(500)
    assert page.locator(".just-lit").count() == 0


@pytest.mark.parametrize(("scripts", "way"), [([NO_SOCKETS], "/live/sse"), ([NO_SOCKETS, NO_STREAMS], "/live/entries")])
def test_without_sockets_the_next_way_is_taken(proposal: Open, scripts: list[str], way: str):
    asked: list[str] = []
    for script in scripts:
        proposal.page.add_init_script(script)
    proposal.page.on("request", lambda request: asked.append(request.url))
    proposal.visit()
    proposal.tell(21)
    proposal.wait_for(21, within=12_000)
    assert any(way in url for url in asked)


def test_pause_holds_changes_back_and_counts_them(proposal: Open):
    proposal.visit()
    page, before = proposal.page, proposal.shown
    page.click("[data-live-pause]")
    proposal.tell(22)
    page.wait_for_function("() => document.querySelector('[data-live-pause]').textContent.includes('1')")
    assert proposal.shown == before
    page.reload()
    page.wait_for_timeout(500)
    assert not page.locator(".live-bar--on").count(), "the choice holds on the next page"
    proposal.tell(23)
    page.wait_for_function("() => document.querySelector('[data-live-pause]').textContent.includes('1')")
    page.click("[data-live-pause]")
    proposal.wait_for(23)


def test_a_new_epoch_loads_the_page_again_once_and_goes_on(proposal: Open):
    loads: list[str] = []
    page = proposal.page
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    proposal.visit()
    execute(proposal.site, "UPDATE civic_head SET epoch = ?", secrets.token_hex(6))
    page.wait_for_timeout(6_000)
    assert len(loads) == 2
    page.wait_for_selector(".live-bar--on")
    proposal.tell(25)
    proposal.wait_for(25)


@pytest.mark.parametrize("begun", [-0.5, 1.2])
def test_form_that_somebody_fills_in_is_not_loaded_again(live_site, browser, begun: float):
    """Before the new epoch, or between its word and the loading, which comes some moments later."""
    page = browser.new_page()
    page.add_init_script("Math.random = () => 0.999")
    page.goto(f"{live_site.url}/accounts/signup/")
    page.wait_for_timeout(1_500)
    for moment in sorted([0.0, begun]):
        if moment:
            page.wait_for_timeout(max(moment, 0) * 1_000)
            page.fill("[name=email]", "jimin@example.org")
            page.check("[name=old_enough]")
        else:
            execute(live_site, "UPDATE civic_head SET epoch = ?", secrets.token_hex(6))
    page.wait_for_timeout(5_000)
    assert (page.input_value("[name=email]"), page.is_checked("[name=old_enough]")) == ("jimin@example.org", True)


def test_a_new_epoch_with_storage_closed_is_offered_and_breaks_nothing(proposal: Open):
    loads: list[str] = []
    broken: list[str] = []
    page = proposal.page
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('closed') } })")
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    page.on("pageerror", lambda error: broken.append(str(error)))
    proposal.visit()
    said = page.inner_text("[data-live-bar]")
    execute(proposal.site, "UPDATE civic_head SET epoch = ?", secrets.token_hex(6))
    page.wait_for_function("said => document.querySelector('[data-live-bar]').innerText !== said", arg=said)
    page.wait_for_timeout(3_000)
    assert (len(loads), broken) == (1, [])
    page.wait_for_selector("[data-live-news] a")


def test_a_new_proposal_is_offered_on_the_list_and_not_put_there(live_site, browser):
    page = browser.new_page()
    page.goto(f"{live_site.url}/proposals/")
    page.wait_for_selector(".live-bar--on")
    rows = page.locator("ul.rows > li").count()
    for number in (1, 2):
        tell(live_site, f"proposal:P-2026-90000{number}", "ProposalPublished", {"state": "open"})
    page.wait_for_function("() => document.querySelector('[data-live-news] a').textContent.includes('2')")
    assert page.is_visible("[data-live-news]")
    assert page.locator("ul.rows > li").count() == rows


def test_a_hidden_page_stops_and_catches_up_on_return(proposal: Open):
    proposal.visit()
    page = proposal.page
    before = proposal.shown
    _hide(page, True)
    proposal.tell(24)
    time.sleep(1.5)
    assert proposal.shown == before
    _hide(page, False)
    proposal.wait_for(24, within=3_000)


def test_a_changed_state_keeps_focus_and_scroll(proposal: Open):
    page = proposal.page
    page.set_viewport_size({"width": 1280, "height": 400})
    proposal.visit()
    page.focus("main a >> nth=-1")
    page.evaluate("scrollTo(0, 120)")
    href, top = page.evaluate("[document.activeElement.href, scrollY]")
    state = {"state": "dept_review", "supports": 30, "needed": 30}
    page.evaluate("document.querySelector('main').dataset.mark = ''; document.querySelector('main h1').remove()")
    tell(proposal.site, f"proposal:{proposal.code}", "ProposalSupported", state)  # a kind no reaction waits for
    page.wait_for_selector("main h1", timeout=10_000)  # fetched again
    assert page.evaluate("[document.activeElement.href, scrollY]") == [href, top]


def _hide(page, hidden: bool) -> None:
    page.evaluate(
        "is => { Object.defineProperty(document, 'hidden', { value: is, configurable: true });"
        " document.dispatchEvent(new Event('visibilitychange')) }",
        hidden,
    )
