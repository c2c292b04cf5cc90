"""Are children restarted, given up when hopeless, and never left behind?"""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from livinglab.supervisor import TOO_OFTEN, Child

_PARENT = """
import sys
from livinglab.supervisor import Child, Supervisor
child = Child("sleeper", [sys.executable, "-c", sys.argv[1]], needed=sys.argv[2] == "needed")
def say(sentence): print(sentence, flush=True)
sys.exit(Supervisor([child], say).run(ready=lambda: True, announce=lambda: say(f"up {child.process.pid}")))
"""
_SLEEPS = "import time; time.sleep(60)"


class Parent:
    """A supervisor in a process of its own, with what it says."""

    def __init__(self, program: str, needed: str) -> None:
        words = [sys.executable, "-c", _PARENT, program, needed]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        self.said: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line.strip())

    def child(self) -> int:
        """The child that runs now."""
        _wait_until(lambda: self._children())
        return int(self._children()[0])

    def _children(self) -> list[str]:
        return Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()


@pytest.fixture
def parent():
    started = []

    def start(program: str = _SLEEPS, needed: str = "needed") -> Parent:
        started.append(Parent(program, needed))
        return started[-1]

    yield start
    for each in started:
        each.process.kill()
        each.process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_supervisor_told_to_stop_leaves_no_child(parent, number: int) -> None:
    running = parent()
    child = running.child()
    running.process.send_signal(number)
    assert running.process.wait(20) == 0
    assert not _lives(child)


def test_supervisor_killed_takes_its_child_along(parent) -> None:
    running = parent()
    child = running.child()
    running.process.kill()
    _wait_until(lambda: not _lives(child))
    assert not _lives(child)


def test_child_that_is_killed_is_started_again(parent) -> None:
    running = parent()
    first = running.child()
    subprocess.run(["kill", "-9", str(first)], check=True)
    _wait_until(lambda: "sleeper ended with status -9: starting it again." in running.said)
    assert running.child() != first


def test_child_that_always_dies_is_given_up(parent) -> None:
    running = parent("raise SystemExit(3)")
    assert running.process.wait(30) == 1
    _wait_until(lambda: len(running.said) >= TOO_OFTEN[0])
    assert running.said[-1] == "sleeper ended 5 times within a minute (status 3): giving up."


def test_child_that_is_not_needed_may_be_given_up_alone(parent) -> None:
    running = parent("raise SystemExit(3)", "spare")
    _wait_until(lambda: any("giving up" in sentence for sentence in running.said))
    time.sleep(0.5)
    assert running.process.poll() is None


def test_child_not_started_has_not_died() -> None:
    assert not Child("nobody", ["true"]).has_died()


def _lives(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def _wait_until(done, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        time.sleep(0.05)
