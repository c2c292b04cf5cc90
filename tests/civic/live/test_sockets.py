"""What does a browser's socket get?"""

import asyncio
import json

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from asgiref.sync import sync_to_async
from django.test import Client

from civic.clocks.now import database_now
from civic.feed.models import Head, Item, new_epoch
from civic.live.hub import stop_hub
from civic.people.models import Person, RoleGrant
from tests.civic.live.conftest import Socket
from tests.signing import show_second_step

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(60)]


async def test_a_socket_gets_what_came_after_its_cursor_and_then_what_comes(socket, publish, now_at):
    epoch, before = await now_at()
    last = await publish("thing:1", "thing:2")
    line = await socket()
    await line.resume(epoch, before + 1)
    frame = await line.hear()
    assert frame == {
        "type": "items",
        "epoch": epoch,
        "cursor": last,
        "items": [
            {
                "seq": before + 2,
                "prev": before + 1,
                "key": "thing:2",
                "kind": "ThingMoved",
                "at": "2026-11-02T03:00:00+00:00",
                "state": {"state": "open"},
            }
        ],
    }
    await publish("thing:3")
    frame = await line.hear()
    assert [(item["seq"], item["prev"], item["key"]) for item in frame["items"]] == [(last + 1, last, "thing:3")]


async def test_an_item_arrives_within_a_second_of_its_commit(socket, publish, now_at):
    line = await socket()
    await line.resume(*await now_at())
    await asyncio.sleep(0.5)
    before = asyncio.get_running_loop().time()
    await publish("thing:1")
    await line.items(1)
    assert asyncio.get_running_loop().time() - before < 1


async def test_frames_are_at_least_a_tick_apart_and_lose_nothing(socket, publish, now_at):
    epoch, before = await now_at()
    line = await socket()
    await line.resume(epoch, before)
    loop = asyncio.get_running_loop()
    seen, arrived = [], []

    async def listen():
        while len(seen) < 30:
            frame = await line.hear()
            arrived.append(loop.time())
            seen.extend(frame["items"])

    listening = asyncio.create_task(listen())
    for place in range(30):
        await publish(f"thing:{place}")
    await listening
    assert [item["key"] for item in seen] == [f"thing:{place}" for place in range(30)]
    assert [item["prev"] for item in seen[1:]] == [item["seq"] for item in seen[:-1]]
    gaps = [late - early for early, late in zip(arrived, arrived[1:], strict=False)]
    assert all(gap > 0.2 for gap in gaps)  # 0.25 where they leave; a busy machine may squeeze the arrivals


async def test_staff_items_reach_staff_and_own_items_their_person_alone(socket, publish, now_at):
    resident, official = await sync_to_async(_people)()
    epoch, before = await now_at()
    await publish("thing:1")
    await publish("thing:2", audience="staff")
    await publish("thing:3", audience="self", recipient=str(resident.pk))
    await publish("thing:4")
    keys = {}
    people = (
        ("nobody", None, 2),
        ("resident", resident, 3),
        ("password alone", official, 2),
        ("official", official, 3),
    )
    for name, person, count in people:
        line = await socket(*await sync_to_async(_cookie)(person, step=name == "official"))
        await line.resume(epoch, before)
        items = await line.items(count)  # in one frame, or in two where the Hub read meanwhile
        keys[name] = [item["key"] for item in items]
        assert [item["prev"] for item in items[1:]] == [item["seq"] for item in items[:-1]]
    assert keys == {
        "nobody": ["thing:1", "thing:4"],
        "resident": ["thing:1", "thing:3", "thing:4"],
        "password alone": ["thing:1", "thing:4"],
        "official": ["thing:1", "thing:2", "thing:4"],
    }


async def test_a_reader_far_behind_gets_the_newest_per_key_marked(socket, publish, now_at, monkeypatch):
    monkeypatch.setattr("civic.live.hub.FAR", 3)
    monkeypatch.setattr("civic.live.stored.FAR", 3)
    epoch, before = await now_at()
    last = await publish("thing:1", "thing:2", "thing:1", "thing:1", "thing:3")
    line = await socket()
    await asyncio.sleep(0.5)
    await line.resume(epoch, before)
    frame = await line.hear()
    assert frame["coalesced"] is True
    assert frame["cursor"] == last
    assert [(item["key"], item["seq"] - before) for item in frame["items"]] == [
        ("thing:2", 2),
        ("thing:1", 4),
        ("thing:3", 5),
    ]
    assert all(item["coalesced"] for item in frame["items"])


async def test_a_cursor_of_a_page_younger_than_the_hubs_last_look_is_no_reset(socket, publish, now_at):
    line = await socket()
    epoch, _ = await now_at()
    last = await publish("thing:1")
    await line.resume(epoch, last)
    await publish("thing:2")
    assert [item["key"] for item in await line.items(1)] == ["thing:2"]


async def test_a_cursor_ahead_of_the_head_resets(socket, now_at):
    epoch, last = await now_at()
    line = await socket()
    await line.resume(epoch, last + 1_000)
    assert await line.hear() == {"type": "reset"}
    assert await line.hear_close() == 4410


async def test_another_epoch_resets(socket, now_at):
    _, last = await now_at()
    line = await socket()
    await line.resume("0" * 12, last)
    assert await line.hear() == {"type": "reset"}


async def test_a_new_epoch_resets_those_who_listen(socket, publish, now_at):
    line = await socket()
    await line.resume(*await now_at())
    await publish("thing:1")
    await line.items(1)
    await sync_to_async(Head.objects.update)(epoch=new_epoch())  # as a restore does
    assert await line.hear() == {"type": "reset"}


async def test_a_trimmed_tail_resets(socket, publish, now_at):
    epoch, before = await now_at()
    last = await publish("thing:1", "thing:2", "thing:3")
    await sync_to_async(Item.objects.filter(seq__lt=last).delete)()
    await stop_hub()  # one that has read them still has them
    line = await socket()
    await line.resume(epoch, before)
    assert await line.hear() == {"type": "reset"}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("not json", "resume_not_json"),
        ("", "resume_not_json"),
        ("[" * 10_000, "resume_not_json"),
        ("[]", "resume_missing"),
        ('{"resume": []}', "resume_missing"),
        ('{"hello": 1}', "resume_missing"),
        ('{"resume": {"after": 0}}', "bad_epoch"),
        ('{"resume": {"epoch": 7, "after": 0}}', "bad_epoch"),
        ('{"resume": {"epoch": "a b", "after": 0}}', "bad_epoch"),
        ('{"resume": {"epoch": "%s", "after": 0}}' % ("a" * 65), "bad_epoch"),
        ('{"resume": {"epoch": "abc"}}', "bad_after"),
        ('{"resume": {"epoch": "abc", "after": "0"}}', "bad_after"),
        ('{"resume": {"epoch": "abc", "after": 1.5}}', "bad_after"),
        ('{"resume": {"epoch": "abc", "after": true}}', "bad_after"),
        ('{"resume": {"epoch": "abc", "after": -1}}', "bad_after"),
        ('{"resume": {"epoch": "abc", "after": 99999999999999999999}}', "bad_after"),
        ('{"resume": {"epoch": "abc", "after": NaN}}', "bad_after"),
    ],
)
async def test_a_broken_resume_is_told_why_and_closed(socket, said: str, code: str):
    line = await socket()
    await line.say(said)
    told = await line.hear()
    assert (told["type"], told["code"]) == ("error", code)
    assert told["text"]
    assert await line.hear_close() == 4400


async def test_a_binary_resume_is_refused(socket):
    line = await socket()
    await line.say(b"\x00\xff")
    assert (await line.hear())["code"] == "resume_not_json"
    assert await line.hear_close() == 4400


async def test_a_message_over_16_kilobytes_is_refused(socket):
    line = await socket()
    await line.say(json.dumps({"resume": {"epoch": "abc", "after": 0, "more": "x" * 16_384}}))
    assert (await line.hear())["code"] == "too_long"
    assert await line.hear_close() == 1009


async def test_silence_after_the_handshake_is_ended(socket, monkeypatch):
    monkeypatch.setattr("civic.live.sockets._RESUME_WITHIN", 0.1)
    line = await socket()
    assert (await line.hear())["code"] == "resume_missing"
    assert await line.hear_close() == 4400


async def test_a_client_that_talks_on_is_ended(socket, now_at):
    line = await socket()
    await line.resume(*await now_at())
    for _ in range(100):
        await line.say("{}")
    assert await line.hear_close() == 4429


async def test_a_quiet_line_shows_that_it_lives(socket, now_at, monkeypatch):
    monkeypatch.setattr("civic.live.sockets.BEAT", 0.1)
    monkeypatch.setattr("civic.live.hub._BEAT", 0.2)
    epoch, last = await now_at()
    line = await socket()
    await line.resume(epoch, last)
    assert await line.hear(8) == {"type": "items", "epoch": epoch, "cursor": last, "items": []}


async def test_a_line_of_the_staff_is_opened_anew_so_that_it_outlives_no_role(socket, now_at, monkeypatch):
    monkeypatch.setattr("civic.live.sockets.STAFF_LINE", 0.0)
    _resident, official = await sync_to_async(_people)()
    line = await socket(*await sync_to_async(_cookie)(official, step=True))
    await line.resume(*await now_at())
    assert await line.hear_close() == 4411


async def test_a_failure_of_ours_ends_the_line_so_that_the_browser_comes_back(socket, now_at):
    """A session that a later version wrote: here nobody can read when its second step was shown."""
    _resident, official = await sync_to_async(_people)()
    line = await socket(*await sync_to_async(_cookie)(official, step=True, at="yesterday"))
    await line.resume(*await now_at())
    assert await line.hear_close() == 1011


@pytest.mark.parametrize(
    ("origin", "opens"),
    [
        (b"http://testserver", True),
        (b"https://testserver", True),
        (b"http://testserver:8001", False),
        (b"https://127.0.0.1:8000", False),
        (b"http://elsewhere.example", False),
        (b"http://testserver.elsewhere.example", False),
        (b"null", False),
        (b"", False),
    ],
)
async def test_only_our_own_pages_open_sockets(running_hub, origin: bytes, opens: bool):
    line = Socket((b"origin", origin))
    assert await line.open() is opens
    await line.close()


async def test_another_path_opens_no_socket(running_hub):
    line = Socket(path="/ws/other")
    assert await line.open() is False
    await line.close()


def _people() -> tuple[Person, Person]:
    word, at = "a long password", database_now()
    resident = Person.objects.create_user("reader@example.org", "Reader", word, date_joined=at)
    official = Person.objects.create_user("clerk@example.org", "Clerk", word, is_staff=True, date_joined=at)
    RoleGrant.objects.create(person=official, role="moderator", scope="district:11200", granted_at=at)
    return resident, official


def _cookie(person: Person | None, *, step: bool = False, at: str = "") -> list[tuple[bytes, bytes]]:
    if person is None:
        return []
    client = Client()
    client.force_login(person)
    if step:
        show_second_step(client, person)
    if at:
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY][0]["at"] = at
        session.save()
    return [(b"cookie", f"sessionid={client.cookies['sessionid'].value}".encode())]
