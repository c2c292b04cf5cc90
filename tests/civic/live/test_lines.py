"""How many lines may one reader hold open, and what does each cost the database?"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.db import connection
from django.test import AsyncClient, Client

from civic.live import lines
from civic.live.lines import held, why_not_open
from civic.live.viewers import Viewer
from civic.refusals import Refused
from tests.making import make_person


def test_a_person_holds_six_lines_and_the_next_after_one_has_ended():
    person = Viewer(person="me")
    with held(person), held(person), held(person), held(person), held(person):
        with held(person):
            refusal = why_not_open(person)
            assert refusal is not None
            assert (refusal.code, refusal.status) == ("too_many_lines", 429)
            with pytest.raises(Refused), held(person):
                raise AssertionError("a seventh is not held")
            assert why_not_open(Viewer(person="her")) is None
        assert why_not_open(person) is None
    assert lines._open == {}


def test_strangers_are_counted_by_address_where_there_is_one(monkeypatch):
    monkeypatch.setattr(lines, "MOST_OF_AN_ADDRESS", 1)
    with held(Viewer(), "192.0.2.1"), held(Viewer()):
        assert why_not_open(Viewer(), "192.0.2.1") is not None
        assert why_not_open(Viewer(), "192.0.2.2") is None
        assert why_not_open(Viewer()) is None


async def test_a_stream_too_many_is_refused_with_a_sentence(
    running_hub, now_at, async_client: AsyncClient, monkeypatch
):
    monkeypatch.setattr(lines, "MOST_OF_AN_ADDRESS", 1)
    epoch, last = await now_at()
    query = {"epoch": epoch, "after": last}
    first = aiter((await async_client.get("/live/sse", query)).streaming_content)
    second = aiter((await async_client.get("/live/sse", query)).streaming_content)  # let in, for none is held yet
    for stream in (first, second):
        assert (await anext(stream)).startswith(b"retry: ")
    waiting = asyncio.ensure_future(anext(first))
    await asyncio.sleep(0.1)
    assert json.loads((await anext(second)).removeprefix(b"data: "))["code"] == "too_many_lines"
    third = await async_client.get("/live/sse", query)
    body = json.loads(third.content)
    assert (third.status_code, body["code"]) == (429, "too_many_lines")
    assert body["text"]
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert lines._open == {}


async def test_a_persons_seventh_socket_is_closed_with_a_sentence(socket, now_at):
    session = await sync_to_async(session_of)(1)
    cookie = (b"cookie", f"sessionid={session[0]}".encode())
    place = await now_at()
    for _n in range(6):
        line = await socket(cookie)
        await line.resume(*place)
    await asyncio.sleep(0.2)
    seventh = await socket(cookie)
    await seventh.resume(*place)
    assert (await seventh.hear())["code"] == "too_many_lines"
    assert await seventh.hear_close() == 4429


def session_of(people: int) -> list[str]:
    """Session keys of that many new people."""
    keys = []
    for _n in range(people):
        client = Client()
        client.force_login(make_person())
        keys.append(client.cookies["sessionid"].value)
    return keys


@pytest.mark.postgresql
async def test_thirty_streams_of_people_hold_no_connections(streams: Callable, running_hub):
    keys = await sync_to_async(session_of)(6)
    before = await sync_to_async(connections_open)()
    opened = [await streams(key) for key in keys for _n in range(5)]
    await asyncio.sleep(1)
    assert len(opened) == 30
    assert await sync_to_async(connections_open)() - before <= 3


def connections_open() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


@pytest.fixture
async def streams(now_at) -> AsyncIterator[Callable]:
    """Opens streams through the whole application, as a server does, each in a request of its own."""
    from livinglab.asgi import pages

    epoch, last = await now_at()
    opened: list[ApplicationCommunicator] = []

    async def open_stream(session: str) -> ApplicationCommunicator:
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/live/sse",
            "query_string": f"epoch={epoch}&after={last}".encode(),
            "headers": [(b"host", b"testserver"), (b"cookie", f"sessionid={session}".encode())],
            "client": ("127.0.0.1", 50_000),
        }
        line = ApplicationCommunicator(pages, scope)
        await line.send_input({"type": "http.request", "body": b""})
        assert (await line.receive_output(5))["status"] == 200
        assert (await line.receive_output(5))["body"].startswith(b"retry: ")
        opened.append(line)
        return line

    yield open_stream
    for line in opened:
        await line.send_input({"type": "http.disconnect"})
        await line.wait(5)
