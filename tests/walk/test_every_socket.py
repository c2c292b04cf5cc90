"""Does every line open to those whom the matrix names, and does each hear what is theirs and nothing else?"""

import pytest
from channels.db import database_sync_to_async
from django.test import Client

from tests.civic.live.conftest import Socket
from tests.walk.reading import matrix
from tests.walk.routes import sockets
from tests.walk.visitors import Visitor, make_visitors

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]
PATHS = {"^ws/live/?$": "/ws/live", "anything else": "/ws/nowhere"}
FEED = "^ws/live/?$"


@pytest.fixture
async def visitors(running_hub):
    return await database_sync_to_async(make_visitors)()


def line(visitor: Visitor, route: str = FEED) -> Socket:
    cookie = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    return Socket((b"cookie", cookie.encode()), path=PATHS[route])


async def test_every_line_opens_to_those_whom_the_matrix_names(visitors):
    assert PATHS.keys() == sockets()
    for row in matrix("sockets"):
        lines = {visitor.name: line(visitor, row.route) for visitor in visitors}
        assert {name for name, each in lines.items() if await each.open()} == row.open_to["OPEN"]
        for each in lines.values():
            await each.close()


async def test_everybody_hears_what_the_matrix_says_by_socket_and_by_page(visitors, publish, now_at):
    (feed,) = (row for row in matrix("sockets") if row.route == FEED)
    epoch, before = await now_at()
    resident = next(visitor for visitor in visitors if visitor.name == "resident")
    await publish("thing:staff", audience="staff")
    await publish("thing:self", audience="self", recipient=str(resident.person.pk))
    await publish("thing:last")
    heard = {visitor.name: await _heard(visitor, epoch, before) for visitor in visitors}
    read = {visitor.name: await database_sync_to_async(_read)(visitor, epoch, before) for visitor in visitors}
    assert {name for name, keys in heard.items() if "thing:staff" in keys} == feed.open_to["STAFF"]
    assert {name for name, keys in heard.items() if "thing:self" in keys} == feed.open_to["SELF"]
    assert read == heard


async def _heard(visitor: Visitor, epoch: str, before: int) -> list[str]:
    """The keys of all items up to the last one."""
    mine = line(visitor)
    await mine.open()
    await mine.resume(epoch, before)
    keys: list[str] = []
    while "thing:last" not in keys:
        keys += [item["key"] for item in (await mine.hear())["items"]]
    await mine.close()
    return keys


def _read(visitor: Visitor, epoch: str, before: int) -> list[str]:
    browser: Client = visitor.browser()
    page = browser.get("/live/entries", {"epoch": epoch, "after": before}).json()
    return [item["key"] for item in page["items"]]
