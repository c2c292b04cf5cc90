"""Does the list stay what it is when it grows? Queries with 1,000 and 10,000 proposals, and all that it sends."""

import itertools
from collections.abc import Callable
from typing import Any

from livinglab.bench.asking import served
from tests.live import chromium
from tests.prove.crowd import Scratch, scratch, sessions

SIZES = (1_000, 10_000)
SIGNED_OUT, SIGNED_IN = 10, 14  # queries at most
HEAVIEST = 300_000  # bytes over the line, everything the page loads, nothing cached


def run() -> list[dict[str, Any]]:
    """The list at both sizes, signed out and in; then once in a browser that has nothing cached."""
    site = scratch()
    session = sessions(1)[0]
    grow = _grower()
    counts: dict[str, list[int]] = {"signed out": [], "signed in": []}
    for size in SIZES:
        grow(size)
        counts["signed out"].append(_queries(None))
        counts["signed in"].append(_queries(session))
    sent, requests = _sent(site)
    return [
        *(_row(who, counts[who], most) for who, most in (("signed out", SIGNED_OUT), ("signed in", SIGNED_IN))),
        {
            "promise": f"bytes the list sends in all, in {requests} answers",
            "figure": f"{sent / 1000:.0f} kB",
            "bound": f"{HEAVIEST / 1000:.0f} kB",
            "met": sent <= HEAVIEST,
        },
    ]


def _row(who: str, counts: list[int], most: int) -> dict[str, Any]:
    sizes = " and ".join(f"{size:,}" for size in SIZES)
    met = len(set(counts)) == 1 and max(counts) <= most
    return {
        "promise": f"queries of the list with {sizes} proposals, {who}",
        "figure": " and ".join(map(str, counts)),
        "bound": f"the same, at most {most}",
        "met": met,
    }


def _grower() -> Callable[[int], None]:
    """Proposals by the same action as everybody's, spread over dongs and categories."""
    from datetime import timedelta

    from civic.clocks.now import database_now
    from civic.places.models import Dong
    from civic.proposals.actions import publish_proposal
    from civic.proposals.models import Category, Proposal
    from tests.making import make_person, said

    people, start = [make_person() for _n in range(50)], database_now() - timedelta(days=2)
    places = itertools.cycle(Dong.objects.order_by("code"))
    kinds = itertools.cycle(Category.values)

    def grow(size: int) -> None:
        for n in range(Proposal.objects.count(), size):
            words = said(title=f"골목 {n}번 보안등", tags=("보안등", f"골목{n % 40}"))
            at = start + timedelta(seconds=n)
            publish_proposal(by=people[n % 50], dong=next(places), category=next(kinds), words=words, at=at)

    return grow


def _queries(session: str | None) -> int:
    """How many the second look at the list takes: the first fills what a process keeps."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    if session:
        client.cookies["sessionid"] = session
    for _look in range(2):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get("/proposals/")
    if answer.status_code != 200:
        raise RuntimeError(f"the list answered {answer.status_code}")
    return len(captured)


def _sent(site: Scratch) -> tuple[int, int]:
    """Bytes and answers of one visit, as the browser counts them on the line."""
    sizes: list[int] = []
    with served(site.environment, site.folder, site.port), chromium() as browser:
        page = browser.new_page(locale="ko-KR")  # type: ignore[attr-defined]  # playwright's type would load it here
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        page.goto(f"http://127.0.0.1:{site.port}/proposals/", wait_until="networkidle")
        page.mouse.wheel(0, 20_000)  # what loads late loads now
        page.wait_for_timeout(1_000)
    return sum(sizes), len(sizes)
