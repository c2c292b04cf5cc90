"""Who keeps web and worker running on one machine? A parent that starts them, restarts them, and takes them along."""

import ctypes
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

TOO_OFTEN = (5, 60.0)  # so many deaths of one child within so many seconds are a fault, not an accident
GRACE = 15.0  # seconds a child has to finish what it does
_PR_SET_PDEATHSIG = 1  # prctl(2)


@dataclass
class Child:
    """One process to keep running. Without one that is not `needed` the others go on."""

    name: str
    command: Sequence[str]
    needed: bool = True
    process: subprocess.Popen[bytes] | None = None
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=TOO_OFTEN[0]))

    def start(self) -> None:
        """In a process group of its own, so that Ctrl-C reaches it once and through the parent."""
        self.process = subprocess.Popen(self.command, process_group=0, preexec_fn=die_with_parent)

    def has_died(self) -> bool:
        """Whether it ended by itself; notes when."""
        if self.process is None or self.process.poll() is None:
            return False
        self.deaths.append(time.monotonic())
        return True

    def dies_too_often(self) -> bool:
        many, seconds = TOO_OFTEN
        return len(self.deaths) == many and self.deaths[-1] - self.deaths[0] < seconds


class Supervisor:
    """Runs its children until it is told to stop or one of them dies too often."""

    def __init__(self, children: Sequence[Child], say: Callable[[str], object]) -> None:
        self._children = list(children)
        self._say = say
        self._stopping = False

    def run(self, ready: Callable[[], bool], announce: Callable[[], object]) -> int:
        """Exit status: 0 when told to stop, 1 when a child cannot be kept alive.

        `ready` is asked until it is true once; then `announce` is called.
        """
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        try:
            for child in self._children:
                child.start()
            return self._watch(ready, announce)
        finally:
            self._end_all()

    def _watch(self, ready: Callable[[], bool], announce: Callable[[], object]) -> int:
        announced = False
        while not self._stopping:
            for child in list(self._children):
                if child.has_died() and not self._revive(child):
                    if child.needed:
                        return 1
                    self._children.remove(child)
            if not announced and ready():
                announce()
                announced = True
            time.sleep(0.1)
        return 0

    def _revive(self, child: Child) -> bool:
        assert child.process
        status = child.process.returncode
        if child.dies_too_often():
            self._say(f"{child.name} ended {TOO_OFTEN[0]} times within a minute (status {status}): giving up.")
            return False
        self._say(f"{child.name} ended with status {status}: starting it again.")
        child.start()
        return True

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _end_all(self) -> None:
        running = [child.process for child in self._children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        end = time.monotonic() + GRACE
        for process in running:
            try:
                process.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def die_with_parent() -> None:
    """Linux ends the child when the parent is killed without a chance to do so."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
