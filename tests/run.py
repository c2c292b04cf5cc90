"""Does everything hold on both databases? Starts what the tests need, runs pytest, leaves nothing behind.

    python tests/run.py [pytest arguments]

On SQLite without Redis and on PostgreSQL with Redis side by side, one core each; behind each one half of the journeys
in a browser, each half with a site of its own.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from tests.needs import provide  # noqa: E402 - the path must be known first
from tests.services import postgresql, redis  # noqa: E402 - the path must be known first

_COUNTS = re.compile(r"(\d+) (passed|failed|errors?|skipped|deselected|xfailed|xpassed)")
NOTHING_COLLECTED = 5  # pytest's exit status
_RUNNING: set[subprocess.Popen[bytes]] = set()
_STOPPED = threading.Event()


@dataclass(frozen=True)
class Part:
    """One run of pytest: what it is called, what it is given, and whether its words wait for the end."""

    name: str
    arguments: tuple[str, ...]
    services: tuple[tuple[str, str], ...] = ()
    aside: bool = False


def main(arguments: list[str]) -> int:
    """All parts; the exit status is 0 when each is clean."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that every `with` below ends its server
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where a shell began this in the background
    provide()
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="livinglab-tests-") as folder:
        Path(folder).chmod(0o711)  # PostgreSQL's own account must reach its folder inside
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        os.environ["MIGRATED"] = f"{folder}/migrated.sqlite3"
        with postgresql() as database_url, redis() as redis_url:
            services = (("DATABASE_URL", database_url), ("REDIS_URL", redis_url))
            on_sqlite = Part("SQLite", ("--browsers=none", *arguments))
            on_postgresql = Part("PostgreSQL and Redis", tuple(arguments), services, aside=True)
            one, other = (("--browsers=only", f"--share={share}", *arguments) for share in (1, 2))
            shown = [on_sqlite, Part("browsers, one half", one)]
            clean = _side_by_side(shown, [on_postgresql, Part("browsers, the other half", other, aside=True)], total)
    print(f"\n{total['passed']} passed, {total['failed'] + total['error']} failed")
    return 0 if clean else 1


def _side_by_side(first: list[Part], second: list[Part], total: Counter[str]) -> bool:
    """Both rows at once, one core each; an interruption ends both."""
    with ThreadPoolExecutor() as pool:
        later = pool.submit(_in_turn, second, total)
        try:
            clean = _in_turn(first, total)
            return later.result() and clean
        finally:
            _STOPPED.set()
            for child in tuple(_RUNNING):
                _end(child)


def _in_turn(parts: list[Part], total: Counter[str]) -> bool:
    clean = True
    for part in parts:
        clean = not _STOPPED.is_set() and _run(part, total) and clean
    return clean


def _run(part: Part, total: Counter[str]) -> bool:
    """One run of pytest; adds its counts to `total`, prints its time."""
    started = time.monotonic()
    title = f"\n== tests on {part.name} =="
    if not part.aside:
        print(title, flush=True)
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL", "CLOCK_OFFSET")}
    environment = {
        **kept,
        **dict(part.services),
        "PYTHONUNBUFFERED": "1",
        "TEST_DB": re.sub(r"\W", "", part.name.lower()),
    }
    with _child([sys.executable, "-m", "pytest", *part.arguments], environment) as child:
        text = _heard(child, shown=not part.aside)
    if part.aside:
        print(title)
        sys.stdout.buffer.write(text)
    last_line = (text.decode(errors="replace").strip().splitlines() or [""])[-1]
    counts = Counter({word.removesuffix("s"): int(number) for number, word in _COUNTS.findall(last_line)})
    total.update(counts)
    left = f"; {counts['deselected']} belong to another part" if counts["deselected"] else ""
    skipped = f"; {counts['skipped']} SKIPPED, reasons above" if counts["skipped"] else ""
    print(f"-- {part.name}: {time.monotonic() - started:.0f} s{left}{skipped}", flush=True)
    return child.returncode in (0, NOTHING_COLLECTED)


@contextmanager
def _child(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A running command in a process group of its own: Ctrl-C reaches it once, by `_end`, and fixtures clean up."""
    child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, process_group=0)
    _RUNNING.add(child)
    try:
        yield child
    finally:
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.send_signal(signal.SIGINT)
    child.wait()
    _RUNNING.discard(child)


def _heard(child: subprocess.Popen[bytes], *, shown: bool) -> bytes:
    """All that it prints, shown as it comes or kept."""
    assert child.stdout
    text = b""
    while piece := os.read(child.stdout.fileno(), 65536):
        if shown:
            sys.stdout.buffer.write(piece)
            sys.stdout.flush()
        text += piece
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
