"""Does everything hold on both databases? Starts what the tests need, runs pytest twice, leaves nothing behind.

    python tests/run.py [pytest arguments]

First on SQLite without Redis (journeys in a browser included), then on PostgreSQL with Redis.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from tests.needs import provide  # noqa: E402 - the path must be known first
from tests.services import postgresql, redis  # noqa: E402 - the path must be known first

_COUNTS = re.compile(r"(\d+) (passed|failed|errors?|skipped|deselected|xfailed|xpassed)")
NOTHING_COLLECTED = 5  # pytest's exit status


def main(arguments: list[str]) -> int:
    """Both passes; the exit status is 0 when both are clean."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that every `with` below ends its server
    provide()
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="livinglab-tests-") as folder:
        Path(folder).chmod(0o711)  # PostgreSQL's own account must reach its folder inside
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        clean = _pass("SQLite", {}, arguments, total)
        with postgresql() as database_url, redis() as redis_url:
            second = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
            clean = _pass("PostgreSQL and Redis", second, arguments, total) and clean
    print(f"\n{total['passed']} passed, {total['failed'] + total['error']} failed")
    return 0 if clean else 1


def _pass(name: str, services: dict[str, str], arguments: list[str], total: Counter[str]) -> bool:
    """One run of pytest with these services; adds its counts to `total`, prints its time."""
    print(f"\n== tests on {name} ==", flush=True)
    started = time.monotonic()
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL", "CLOCK_OFFSET")}
    status, last_line = _shown([sys.executable, "-m", "pytest", *arguments], {**kept, **services})
    counts = Counter({word.removesuffix("s"): int(number) for number, word in _COUNTS.findall(last_line)})
    total.update(counts)
    left = f"; {counts['deselected']} belong to the other pass" if counts["deselected"] else ""
    skipped = f"; {counts['skipped']} SKIPPED, reasons above" if counts["skipped"] else ""
    print(f"-- {name}: {time.monotonic() - started:.0f} s{left}{skipped}", flush=True)
    return status in (0, NOTHING_COLLECTED)


def _shown(command: list[str], environment: dict[str, str]) -> tuple[int, str]:
    """Run, show what it prints as it comes, and return its status and its closing line."""
    environment = {**environment, "PYTHONUNBUFFERED": "1"}
    # A process group of its own: Ctrl-C reaches pytest once, from the `finally` below, and its fixtures clean up.
    child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, process_group=0)
    assert child.stdout
    text = b""
    try:
        while piece := os.read(child.stdout.fileno(), 65536):
            sys.stdout.buffer.write(piece)
            sys.stdout.flush()
            text = (text + piece)[-4000:]
    finally:
        if child.poll() is None:
            child.send_signal(signal.SIGINT)
        child.wait()
    lines = text.decode(errors="replace").strip().splitlines()
    return child.returncode, lines[-1] if lines else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
