"""Does the wire hold on a real server, with a real client at the other end?"""

import json
import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn
from websockets.client import ClientProtocol
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import Opcode
from websockets.sync.client import ClientConnection, connect
from websockets.uri import parse_uri

from civic.feed.numbering import head, number_items
from tests.civic.feed.writing import write
from tests.services import free_port

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(90)]
Cursor = tuple[str, int]


@pytest.fixture
def server(transactional_db: None) -> Iterator[str]:
    """The whole ASGI application on a loopback port, set as `livinglab serve` sets it; its address."""
    from livinglab.asgi import application

    port = free_port()
    config = uvicorn.Config(
        application,
        port=port,
        ws="websockets-sansio",
        ws_max_size=16 * 1024,
        ws_per_message_deflate=False,
        log_level="warning",
        timeout_graceful_shutdown=1,
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run)
    thread.start()
    while not running.started:
        time.sleep(0.02)
    yield f"127.0.0.1:{port}"
    running.should_exit = True
    thread.join(20)


@pytest.fixture
def start(transactional_db: None) -> Cursor:
    last = head()
    return last.epoch, last.seq


def publish(*keys: str, **more: object) -> None:
    for key in keys:
        write(key, **more)
    number_items()


def follow(address: str, cursor: Cursor) -> ClientConnection:
    line = connect(f"ws://{address}/ws/live", compression=None, max_size=None)
    line.send(json.dumps({"resume": {"epoch": cursor[0], "after": cursor[1]}}))
    return line


def keys_from(line: ClientConnection, count: int) -> list[str]:
    keys: list[str] = []
    while len(keys) < count:
        keys += [item["key"] for item in json.loads(line.recv(5))["items"]]
    return keys


def test_an_item_reaches_a_browser_within_a_second(server: str, start: Cursor):
    with follow(server, start) as line:
        time.sleep(0.5)
        began = time.monotonic()
        publish("thing:1")
        assert keys_from(line, 1) == ["thing:1"]
        assert time.monotonic() - began < 1


def test_an_unnumbered_item_is_numbered_by_the_server_itself(server: str, start: Cursor):
    with follow(server, start) as line:
        write("thing:1")
        assert keys_from(line, 1) == ["thing:1"]


def test_who_was_away_gets_what_was_missed_and_nothing_twice(server: str, start: Cursor):
    with follow(server, start) as line:
        publish("thing:1")
        frame = json.loads(line.recv(5))
    publish("thing:2", "thing:3")
    with follow(server, (start[0], frame["cursor"])) as line:
        assert keys_from(line, 2) == ["thing:2", "thing:3"]


def test_a_page_of_another_host_opens_no_socket(server: str):
    with pytest.raises(InvalidStatus) as refused:
        connect(f"ws://{server}/ws/live", origin="http://elsewhere.example")  # type: ignore[arg-type]  # any text
    assert refused.value.response.status_code == 403


def test_a_message_over_16_kilobytes_ends_the_line(server: str):
    with connect(f"ws://{server}/ws/live") as line:
        line.send("x" * 20_000)
        with pytest.raises(ConnectionClosed) as ended:
            line.recv(5)
        assert ended.value.rcvd is not None
        assert ended.value.rcvd.code == 1009


def test_a_stream_tells_what_comes(server: str, start: Cursor):
    query = {"epoch": start[0], "after": start[1]}
    with httpx.stream("GET", f"http://{server}/live/sse", params=query, timeout=10) as stream:
        lines = stream.iter_lines()
        assert next(lines).startswith("retry: ")
        publish("thing:1")
        told = [next(lines) for _ in range(3)]
    assert told[:2] == ["", f"id: {start[0]}:{start[1] + 1}"]
    assert json.loads(told[2].removeprefix("data: "))["items"][0]["key"] == "thing:1"


def test_a_client_that_does_not_read_is_ended_and_may_resume(server: str, start: Cursor, monkeypatch):
    monkeypatch.setattr("civic.live.sockets._SLOWEST", 0.5)
    monkeypatch.setattr("civic.live.ring.MOST", 20)
    keys = [f"thing:{n}" for n in range(400)]
    line = socket.create_connection(server.split(":"))
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
    slow = follow_by_hand(line, server, start)
    publish(*keys, state={"state": "open", "text": "x" * 40_000})
    time.sleep(4)  # 16 MB wait, which fit into no buffer
    heard, cursor, code = read_to_the_end(slow, line)
    assert code == 4408
    assert len(heard) < len(keys)
    with follow(server, (start[0], cursor)) as again:
        heard += keys_from(again, len(keys) - len(heard))
    assert heard == keys


def follow_by_hand(line: socket.socket, server: str, cursor: Cursor) -> ClientProtocol:
    """The protocol of a client over a socket that nobody reads in the background."""
    protocol = ClientProtocol(parse_uri(f"ws://{server}/ws/live"), max_size=None)
    protocol.send_request(protocol.connect())
    line.sendall(b"".join(protocol.data_to_send()))
    while protocol.state.name != "OPEN":
        protocol.receive_data(line.recv(4_096))
        protocol.events_received()
    protocol.send_text(json.dumps({"resume": {"epoch": cursor[0], "after": cursor[1]}}).encode())
    line.sendall(b"".join(protocol.data_to_send()))
    return protocol


def read_to_the_end(protocol: ClientProtocol, line: socket.socket) -> tuple[list[str], int, int | None]:
    """Keys, last cursor and close code, once somebody reads."""
    keys: list[str] = []
    cursor = 0
    line.settimeout(10)
    while protocol.close_rcvd is None and (data := line.recv(65_536)):
        protocol.receive_data(data)
        for event in protocol.events_received():
            if getattr(event, "opcode", None) is Opcode.TEXT:
                frame = json.loads(event.data)
                keys += [item["key"] for item in frame["items"]]
                cursor = frame["cursor"]
    line.close()
    return keys, cursor, protocol.close_rcvd and protocol.close_rcvd.code
