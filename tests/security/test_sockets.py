"""Who may open a line? Our own pages, so often and no more, and nobody learns on it what is another's."""

from dataclasses import replace

import pytest
from asgiref.sync import sync_to_async

from civic.limits import figures
from tests.civic.live.conftest import Socket
from tests.civic.live.test_lines import session_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(60)]
FOREIGN = [
    b"https://evil.example",
    b"http://testserver.evil.example",
    b"http://evil.example/?testserver",
    b"http://testserver@evil.example",
    b"http://testserver:8001",
    b"http://test.server",
    b"null",
    b"file://",
    b"chrome-extension://testserver",
    b"",
    b"//",
    b"http://",
]


@pytest.mark.parametrize("origin", FOREIGN)
async def test_page_of_another_site_opens_no_line_not_even_with_a_session(running_hub, origin):
    [session] = await sync_to_async(session_of)(1)
    line = Socket((b"origin", origin), (b"cookie", f"sessionid={session}".encode()))
    assert not await line.open()


async def test_our_own_page_opens_one(running_hub):
    line = Socket((b"origin", b"http://testserver"))
    assert await line.open()
    await line.close()


async def test_address_that_opens_without_end_is_refused_with_a_sentence(running_hub, now_at, monkeypatch):
    monkeypatch.setitem(figures.LIMITS, "line", replace(figures.LIMITS["line"], of_address=2))
    place, told = await now_at(), []
    for _n in range(3):
        line = Socket()
        line.line.scope["client"] = ("198.51.100.7", 40_000)
        assert await line.open()
        await line.resume(*place)
        if _n == 2:
            told.append((await line.hear())["code"])
            assert await line.hear_close() == 4429
        else:
            await line.close()
    assert told == ["too_often"]
