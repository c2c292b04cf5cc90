"""Does a server of the tests end with whoever started it, whatever becomes of that one?"""

import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.prove.run import _CALL

ROOT = Path(__file__).parents[1]
STARTS_ONE = """
import sys, time
from tests.services import running

def run():
    with running("sleep", 300) as server:
        while open(f"/proc/{server.pid}/comm").read().strip() != "sleep":
            time.sleep(0.01)  # first it is the program that ties it to its starter
        print(server.pid, flush=True)
        time.sleep(300)
"""


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_server_ends_with_a_prover_that_is_ended(tmp_path, stop):
    (tmp_path / "starts_one.py").write_text(STARTS_ONE)
    path = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(tmp_path)!r}]\n"
    words = [sys.executable, "-c", path + _CALL, "starts_one", str(tmp_path / "answer.json")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as prover:
        assert prover.stdout
        server = int(prover.stdout.readline())
        prover.send_signal(stop)
        prover.wait(20)
    assert _is_gone(server)


def _is_gone(pid: int) -> bool:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with suppress(OSError):
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                time.sleep(0.1)
                continue
        return True
    return False
