"""200 readings a second for a minute, 100 browsers looking on, the worker killed in the middle: is anything lost?

Every reading switches a lamp, so that each one that is stored goes out to every browser. Every tenth batch is sent
twice and each holds one reading of a lamp that does not exist. `livinglab serve` on PostgreSQL, as production has it.
"""

import json
import os
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.prove.crowd import Scratch, scratch, serving
from tests.prove.listeners import Heard, Listeners, percentile
from tests.prove.readings import LAMPS, _livinglab, _plates, _row, _send
from tests.prove.support_kill import _await_quiet, _await_ready, _kill

RATE, SECONDS, VIEWERS = 200, 60, 100
A_BATCH = 100  # readings; two batches a second
STORED = RATE * SECONDS // A_BATCH * (A_BATCH - 1)
KILL_AT = SECONDS / 2
P99 = 1.0  # seconds from the reading's own time to the browser


def run() -> list[dict[str, Any]]:
    """One minute, then the counting."""
    site = scratch()
    from civic.feed.numbering import head

    _livinglab(site.environment, "import_lights", str(LAMPS), "--district", "11200")
    token = json.loads(_livinglab(site.environment, "token", "--gateway", "11200", "--json"))["token"]
    with serving(site) as server, ExitStack() as at_the_end:
        _await_answer(site)
        last = head()
        ears = Listeners(
            site.port, "/ws/live", VIEWERS, json.dumps({"resume": {"epoch": last.epoch, "after": last.seq}})
        )
        at_the_end.callback(ears.close)
        _send(site.port, token, [])  # a process's first request loads its modules
        before = _cpu(server.pid)
        sent = _Sender(site, token, server.pid)
        with ThreadPoolExecutor(1) as aside:  # the sockets are read while they hear
            hearing = aside.submit(ears.hear, STORED, SECONDS + 60)
            sent.send_all()
            spent = _cpu(server.pid) - before
            heard = hearing.result()
        _await_quiet()
        _await_judged()
    return _rows(sent, heard, spent)


class _Sender:
    """Two batches a second on their time, whatever the last one took."""

    def __init__(self, site: Scratch, token: str, server: int) -> None:
        self._port, self._token, self._server = site.port, token, server
        self.sent = 0
        self.answers: Counter[str] = Counter()
        self.killed = ""
        self.took = self.began = 0.0
        self._lock = threading.Lock()

    def send_all(self) -> None:
        """Lamps in turn, each on at one visit and off at the next."""
        tags = [f"11200-{n // 10_000:02}-{n // 100 % 100:02}-{n % 100:02}" for n in _plates()]
        began, threads = time.monotonic(), []
        self.began = time.time()
        for number in range(RATE * SECONDS // A_BATCH):
            time.sleep(max(0.0, began + number * A_BATCH / RATE - time.monotonic()))
            if not self.killed and time.monotonic() - began >= KILL_AT:
                self.killed = _kill(self._server, "worker")
            places = range(number * (A_BATCH - 1), (number + 1) * (A_BATCH - 1))
            batch = [_said(tags[n % len(tags)], "on" if n // len(tags) % 2 == 0 else "off") for n in places]
            batch.append(_said("11200-nowhere", "on"))
            for _again in range(2 if number % 10 == 0 else 1):
                threads.append(threading.Thread(target=self._send, args=[batch]))
                threads[-1].start()
        for thread in threads:
            thread.join()
        self.took = time.monotonic() - began

    def _send(self, batch: list[Any]) -> None:
        answer = _send(self._port, self._token, batch)
        with self._lock:
            self.sent += len(batch)
            self.answers.update({name: number for name, number in answer.items() if name != "late"})


def _said(tag: str, power: str) -> dict[str, Any]:
    t = datetime.now(tz=UTC).isoformat()
    return {"device": tag, "mid": t, "t": t, "v": {"powerState": power}}


def _rows(sent: _Sender, heard: list[Heard], spent: float) -> list[dict[str, Any]]:
    from civic.devices.models import DeviceState, Observation
    from civic.feed.models import Item, SetAside

    stored = Observation.objects.count()
    answers = sent.answers
    kept = stored + answers["duplicate"] + answers["rejected"]
    numbers = sorted(Item.objects.values_list("seq", flat=True))
    delays = [
        at - datetime.fromisoformat(item["state"]["since"]).timestamp()
        for each in heard
        for at, item in each.items
        if item["kind"] == "DeviceSwitched"
    ]
    got = Counter(len({item["seq"] for _at, item in each.items if item["kind"] == "DeviceSwitched"}) for each in heard)
    rate = sent.sent / sent.took
    p50, p99 = (percentile(delays, part) if delays else float("inf") for part in (0.5, 0.99))
    return [
        _row("readings sent a second, for a minute", f"{rate:.0f} ({sent.sent:,})", str(RATE), rate >= RATE * 0.97),
        _row("killed with -9 after half a minute", sent.killed, "worker", sent.killed == "worker"),
        _row("what the ingest said", dict(answers), "", set(answers) <= {"accepted", "duplicate", "rejected"}),
        _row("sent = stored + duplicate + rejected", *_equal(sent.sent, kept)),
        _row("stored = acknowledged as stored", *_equal(stored, answers["accepted"])),
        _row(f"items that each of {VIEWERS} browsers got", dict(got), str(stored), got == {stored: VIEWERS}),
        _row("feed: numbers without a gap", numbers == list(range(numbers[0], numbers[-1] + 1)), "True",
             numbers == list(range(numbers[0], numbers[-1] + 1))),
        _row("readings that no judge has heard", *_equal(DeviceState.objects.filter(waiting=True).count(), 0)),
        _row("items set aside", *_equal(SetAside.objects.count(), 0)),
        _row("a reading to a browser, p50 in s", f"{p50:.2f}", "-", True),
        _row("a reading to a browser, p99 in s", f"{p99:.2f}", f"{P99:.0f}", p99 <= P99),
        _row("seconds after the start at which it took longer than that", _when(heard, sent.began), "-", True),
        _row("processor of web and worker, seconds a minute", f"{spent:.0f}", "-", True),
    ]  # fmt: skip  # a table


def _when(heard: list[Heard], began: float) -> str:
    late = Counter(
        int(at - began)
        for at, item in heard[0].items
        if item["kind"] == "DeviceSwitched" and at - datetime.fromisoformat(item["state"]["since"]).timestamp() > P99
    )
    return ", ".join(f"{second} ({number} items)" for second, number in sorted(late.items())) or "never"


def _equal(one: int, other: int) -> tuple[str, str, bool]:
    return f"{one:,}", f"{other:,}", one == other


def _await_answer(site: Scratch) -> None:
    """Longer than usual: the machine may be at other work."""
    for _n in range(5):
        with suppress(RuntimeError):
            _await_ready(site)
            return


def _await_judged() -> None:
    from civic.devices.models import DeviceState

    end = time.monotonic() + 30
    while time.monotonic() < end and DeviceState.objects.filter(waiting=True).exists():
        time.sleep(0.5)


def _cpu(server: int) -> float:
    """Processor seconds of the supervisor's children, those that were killed not counted."""
    found = 0.0
    for path in Path(f"/proc/{server}/task").glob("*/children"):
        for child in path.read_text().split():
            with suppress(OSError):
                words = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
                found += (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
    return found
