"""Does a burst reach everybody, how late, and at what cost? 300 sockets, 500 items; beside a bare broadcast server.

Run as `python -m tests.prove.live_fanout` with DATABASE_URL set to a database that may be written to.
The same sockets listen to both servers, and the same items go out at the same pace: first all at once, which is the
promise, then a trickle in which every frame holds one item: there joining items to frames cannot flatter us, and the
cost of numbering and reading an item is shared by one frame alone.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.prove.listeners import Heard, Listeners, percentile
from tests.services import free_port, running

SOCKETS, BURST, TRICKLE = 300, 500, 40
_APART = 0.4  # seconds between two items of the trickle: more than a tick
_TICKS = os.sysconf("SC_CLK_TCK")
Row = dict[str, Any]


def run() -> list[Row]:
    """The rows of the table: promise, figure, bound, met."""
    with tempfile.TemporaryDirectory() as data:
        os.environ.setdefault("LIVINGLAB_DATA", data)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livinglab.settings.demo")
        subprocess.run([sys.executable, "-m", "livinglab", "migrate", "--verbosity=0"], check=True)
        ours, bare = _measure_ours(), _measure_bare()
    return list(_rows(ours, bare))


def _measure_ours() -> dict[str, "_Figures"]:
    import django

    django.setup()
    from civic.feed.numbering import head

    port = free_port()
    words = ["uvicorn", "livinglab.asgi:application", "--port", str(port), "--log-level", "warning"]
    words += ["--ws", "websockets-sansio", "--ws-per-message-deflate", "false", "--ws-max-size", "16384"]
    with running(sys.executable, "-m", *words) as server:
        _await(f"http://127.0.0.1:{port}/healthz")
        last = head()
        opening = json.dumps({"resume": {"epoch": last.epoch, "after": last.seq}})
        return _measure(server, Listeners(port, "/ws/live", SOCKETS, opening), _write)


def _measure_bare() -> dict[str, "_Figures"]:
    port = free_port()
    with running(sys.executable, "-m", "tests.prove.bare_broadcast", port, stdin=subprocess.PIPE) as server:
        time.sleep(2)

        def say(state: dict[str, Any]) -> None:
            assert server.stdin is not None
            item = {"seq": 0, "prev": 0, "key": "proposal:P-2026-000001", "kind": "ProposalSupported", "state": state}
            server.stdin.write(json.dumps(item, separators=(",", ":")).encode() + b"\n")
            server.stdin.flush()

        return _measure(server, Listeners(port, "/", SOCKETS, ""), say)


class _Figures:
    """What one server did in one phase."""

    def __init__(self, heard: Sequence[Heard], sent: int, cpu: float, seconds: float) -> None:
        latencies = [at - item["state"]["t"] for each in heard for at, item in each.items]
        self.delivered = len(latencies)
        self.expected = sent * len(heard)
        self.frames = sum(each.frames for each in heard)
        self.gaps = sum(_gaps(each) for each in heard)
        self.p50, self.p99 = (percentile(latencies, part) if latencies else float("inf") for part in (0.5, 0.99))
        self.cpu_us = cpu / max(1, self.delivered) * 1e6
        self.seconds = seconds


def _gaps(heard: Heard) -> int:
    """Items that do not name the one before as `prev`, or whose turn it was not. The bare server numbers nothing."""
    numbers = [item["state"]["n"] for _, item in heard.items]
    named = [
        item["prev"] == before["seq"] for (_, before), (_, item) in zip(heard.items, heard.items[1:], strict=False)
    ]
    return sum(n != place for place, n in enumerate(numbers)) + named.count(False)


def _measure(
    server: "subprocess.Popen[bytes]", ears: Listeners, say: Callable[[dict[str, Any]], None]
) -> dict[str, _Figures]:
    found = {}
    try:
        for phase, count, apart in (("burst", BURST, 0.0), ("trickle", TRICKLE, _APART)):
            cpu, began = _cpu(server.pid), time.time()
            for n in range(count):
                say({"state": "open", "supports": n, "needed": 30, "n": n, "t": time.time()})
                time.sleep(apart)
            wrote = time.time() - began
            heard = ears.hear(count, 60)
            found[phase] = _Figures(heard, count, _cpu(server.pid) - cpu, wrote)
    finally:
        ears.close()
    return found


def _write(state: dict[str, Any]) -> None:
    from django.db import transaction

    from civic.clocks.now import database_now
    from civic.feed.write import append

    with transaction.atomic():
        append(
            key="proposal:P-2026-000001", kind="ProposalSupported", at=database_now(), state=state, audience="public"
        )


def _rows(ours: dict[str, _Figures], bare: dict[str, _Figures]) -> Iterator[Row]:
    for phase in ("burst", "trickle"):
        us, them = ours[phase], bare[phase]
        name = f"{SOCKETS} sockets, {phase} of {us.expected // SOCKETS}"
        yield _row(f"{name}: items delivered", us.delivered, us.expected, us.delivered == us.expected)
        yield _row(f"{name}: gaps", us.gaps, 0, us.gaps == 0)
        yield _row(f"{name}: p50 in s (bare: {them.p50:.3f})", round(us.p50, 3), "-", True)
        bound = round(max(2 * them.p99, 1.0), 3) if phase == "trickle" else round(2 * them.p99, 3)
        yield _row(f"{name}: p99 in s (bare: {them.p99:.3f})", round(us.p99, 3), bound, us.p99 <= bound)
        ratio = us.cpu_us / them.cpu_us
        promise = f"{name}: server CPU a delivered message beside bare ({us.cpu_us:.1f} and {them.cpu_us:.1f} µs)"
        bounded = phase == "burst"  # a lone item costs its reading as well: told, not promised
        yield _row(promise, round(ratio, 2), 2 if bounded else "-", ratio <= 2 or not bounded)
        yield _row(f"{name}: frames sent (bare: {them.frames})", us.frames, "-", True)


def _row(promise: str, figure: float, bound: object, met: bool) -> Row:
    return {"promise": promise, "figure": figure, "bound": bound, "met": met}


def _cpu(pid: int) -> float:
    """Processor seconds of a process with all its threads."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / _TICKS


def _await(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=2)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{address} does not answer")


def main() -> None:
    print("| promise | figure | bound | met |\n|---|---|---|---|")
    rows = run()
    for row in rows:
        print(f"| {row['promise']} | {row['figure']} | {row['bound']} | {'yes' if row['met'] else 'NO'} |")
    sys.exit(not all(row["met"] for row in rows))


if __name__ == "__main__":
    main()
