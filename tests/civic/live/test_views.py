"""What do readers without a socket get?"""

import json
from typing import Any

import pytest
from django.test import AsyncClient, Client

from civic.chain.models import Node
from civic.feed.models import Item
from civic.feed.numbering import head, number_items
from tests.civic.feed.writing import write


def entries(client: Client, **query: Any) -> tuple[int, dict[str, Any]]:
    answer = client.get("/live/entries", query)
    return answer.status_code, json.loads(answer.content)


@pytest.fixture
def three(db: None) -> tuple[str, int]:
    """Three items, the second for staff; epoch and the number before the first."""
    before = head()
    write("thing:1")
    write("thing:2", audience="staff")
    write("thing:3")
    number_items()
    return before.epoch, before.seq


def test_entries_come_after_the_cursor_and_end_at_the_head(client: Client, three: tuple[str, int]):
    epoch, before = three
    status, frame = entries(client, epoch=epoch, after=before)
    assert status == 200
    assert (frame["type"], frame["epoch"], frame["cursor"]) == ("items", epoch, before + 3)
    assert [(item["key"], item["seq"] - before, item["prev"] - before) for item in frame["items"]][1:] == [
        ("thing:3", 3, 1)
    ]
    status, frame = entries(client, epoch=epoch, after=before + 3)
    assert (status, frame["items"], frame["cursor"]) == (200, [], before + 3)


def test_entries_far_behind_are_the_newest_per_key_in_pages(client: Client, three: tuple[str, int], monkeypatch):
    monkeypatch.setattr("civic.live.stored.FAR", 2)
    monkeypatch.setattr("civic.live.stored.MOST", 1)
    epoch, before = three
    write("thing:1")
    number_items()
    status, frame = entries(client, epoch=epoch, after=before)
    assert frame["coalesced"] is True
    assert [(item["key"], item["seq"] - before) for item in frame["items"]] == [("thing:3", 3)]
    assert frame["cursor"] == before + 3
    status, frame = entries(client, epoch=epoch, after=frame["cursor"])
    assert [(item["key"], item["seq"] - before) for item in frame["items"]] == [("thing:1", 4)]


def test_more_entries_than_fit_leave_the_cursor_at_the_last(client: Client, three: tuple[str, int], monkeypatch):
    monkeypatch.setattr("civic.live.stored.MOST", 1)
    epoch, before = three
    _, frame = entries(client, epoch=epoch, after=before)
    assert frame["cursor"] == before + 1
    _, frame = entries(client, epoch=epoch, after=before + 1)
    assert [item["key"] for item in frame["items"]] == ["thing:3"]


@pytest.mark.parametrize("moved", ["epoch", "ahead", "trimmed"])
def test_a_cursor_that_fits_no_more_is_gone(client: Client, three: tuple[str, int], moved: str):
    epoch, before = three
    if moved == "trimmed":
        Item.objects.filter(seq__lte=before + 2).delete()
    query = {"epoch": "other" if moved == "epoch" else epoch, "after": before + (4 if moved == "ahead" else 0)}
    assert entries(client, **query) == (410, {"type": "reset"})


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({}, "bad_epoch"),
        ({"epoch": ""}, "bad_epoch"),
        ({"epoch": "a/b", "after": "1"}, "bad_epoch"),
        ({"epoch": "abc"}, "bad_after"),
        ({"epoch": "abc", "after": "-1"}, "bad_after"),
        ({"epoch": "abc", "after": "1.0"}, "bad_after"),
        ({"epoch": "abc", "after": "٣"}, "bad_after"),
        ({"epoch": "abc", "after": "9" * 19}, "bad_after"),
        ({"epoch": "abc", "after": "9" * 5_000}, "bad_after"),
    ],
)
@pytest.mark.django_db
async def test_a_broken_cursor_is_refused_with_a_sentence(async_client: AsyncClient, query: dict[str, str], code: str):
    for path in ("/live/entries", "/live/sse"):
        answer = await async_client.get(path, query)
        body = json.loads(answer.content)
        assert (answer.status_code, body["code"]) == (400, code)
        assert body["text"]


async def test_a_stream_goes_on_from_the_last_event_id(running_hub, publish, now_at, async_client: AsyncClient):
    epoch, before = await now_at()
    last = await publish("thing:1", "thing:2")
    answer = await async_client.get(
        "/live/sse", {"epoch": epoch, "after": before}, headers={"Last-Event-ID": f"{epoch}:{before + 1}"}
    )
    assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert (answer.headers["Cache-Control"], answer.headers["X-Accel-Buffering"]) == ("no-store", "no")
    stream = aiter(answer.streaming_content)
    assert (await anext(stream)).startswith(b"retry: ")
    event = (await anext(stream)).decode()
    name, data, *end = event.split("\n")
    assert (name, end) == (f"id: {epoch}:{last}", ["", ""])
    assert [item["key"] for item in json.loads(data.removeprefix("data: "))["items"]] == ["thing:2"]
    await stream.aclose()


async def test_a_stream_of_another_epoch_resets_and_ends(running_hub, async_client: AsyncClient):
    answer = await async_client.get("/live/sse", {"epoch": "other", "after": 0})
    said = [part async for part in answer.streaming_content]
    assert said[1:] == [b'data: {"type":"reset"}\n\n']


async def test_a_quiet_stream_shows_that_it_lives(running_hub, now_at, async_client: AsyncClient, monkeypatch):
    monkeypatch.setattr("civic.live.views.BEAT", 0.0)
    epoch, last = await now_at()
    answer = await async_client.get("/live/sse", {"epoch": epoch, "after": last})
    stream = aiter(answer.streaming_content)
    await anext(stream)
    assert await anext(stream) == b": still here\n\n"
    await stream.aclose()


def test_a_server_without_streams_names_the_poll_endpoint(client: Client, three: tuple[str, int]):
    answer = client.get("/live/sse", {"epoch": three[0], "after": three[1]})
    body = json.loads(answer.content)
    assert (answer.status_code, body["code"]) == (503, "no_stream")
    assert "/live/entries" in body["text"]


@pytest.mark.django_db
def test_a_snapshot_counts_public_things_and_names_the_cursor(client: Client, three: tuple[str, int]):
    for place, public in enumerate((True, True, False)):
        Node.objects.create(
            key=f"thing:{place}", kind="thing", district="11200", title="-", state="open", path="/", public=public
        )
    epoch, before = three
    answer = client.get("/live/snapshot", {"keys": "thing:0,proposal:P-2026-999999"})
    body = json.loads(answer.content)
    assert (body["epoch"], body["cursor"], body["state"]) == (epoch, before + 3, {})
    assert body["counts"]["11200"]["thing:open"] == 2


@pytest.mark.django_db
def test_a_snapshot_of_too_many_keys_is_refused(client: Client):
    answer = client.get("/live/snapshot", {"keys": ",".join(f"thing:{n}" for n in range(201))})
    assert (answer.status_code, json.loads(answer.content)["code"]) == (400, "too_many_keys")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "key", ["proposal:%00", "proposal:", "nonsense", "Proposal:P-1", "proposal:a b", "a:" + "b" * 65]
)
def test_a_snapshot_of_what_is_no_key_is_refused_with_a_sentence(client: Client, key: str):
    answer = client.get(f"/live/snapshot?keys=proposal:P-2026-000001,{key}")
    body = json.loads(answer.content)
    assert (answer.status_code, body["code"], body["field"]) == (400, "bad_key", "keys")
    assert body["text"]


def test_the_endpoints_answer_only_to_get(client: Client, db: None):
    assert [client.post(f"/live/{name}").status_code for name in ("snapshot", "entries")] == [405, 405]
