"""What is lost when web and worker are killed in the middle of 1,000 supports? Nothing that was acknowledged."""

import http.client
import os
import signal
import threading
import time
import urllib.request
from collections import Counter
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from tests.prove.crowd import Scratch, scratch, serving, support

PEOPLE, PROPOSALS, CLIENTS = 40, 25, 6  # 1,000 supports
THRESHOLD = 30  # which each proposal passes on the way
KILLS = (("uvicorn", 200), ("worker", 400), ("uvicorn", 600), ("worker", 800))  # whom, after how many answers
Task = tuple[str, str]


def run() -> list[dict[str, Any]]:
    """`livinglab serve` under six clients, each process killed twice."""
    site = scratch()
    from civic.clocks.now import database_now
    from civic.people.models import Person
    from livinglab.bench.data import session_of
    from tests.making import make_person, make_proposal

    authors = [make_person() for _n in range(PROPOSALS)]
    people = [make_person() for _n in range(PEOPLE)]
    codes = [make_proposal(author, at=database_now()).code for author in authors]
    keys = {session_of(person): person for person in people}
    with serving(site) as server:
        _await_ready(site)
        given = _support_all(site, server.pid, [(code, key) for key in keys for code in codes])
        _await_quiet()
    acknowledged = {(code, str(keys[key].pk)) for code, key in given.acknowledged}
    return _rows(given, acknowledged, Person.objects.filter(pk__in=[a.pk for a in authors]).count())


class _Given:
    """What the clients heard, and who was killed meanwhile."""

    def __init__(self, server: int) -> None:
        self._server = server
        self._lock = threading.Lock()
        self.acknowledged: set[Task] = set()
        self.unanswered = 0
        self.statuses: Counter[int] = Counter()
        self.killed: list[str] = []

    def note(self, task: Task, status: int) -> None:
        """Count an answer; at the numbers of KILLS, kill."""
        with self._lock:
            self.statuses[status] += 1
            if status == 200:
                self.acknowledged.add(task)
            if len(self.killed) < len(KILLS) and self.statuses.total() >= KILLS[len(self.killed)][1]:
                self.killed.append(_kill(self._server, KILLS[len(self.killed)][0]))


def _support_all(site: Scratch, server: int, tasks: list[Task]) -> _Given:
    """Six clients work the tasks off."""
    given, queue = _Given(server), Queue[Task]()
    for task in tasks:
        queue.put(task)
    threads = [threading.Thread(target=_client, args=[site.port, queue, given]) for _n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def _client(port: int, queue: Queue[Task], given: _Given) -> None:
    """A support that nobody answered is asked for again, as a person would."""
    while True:
        try:
            task = queue.get_nowait()
        except Empty:
            return
        try:
            given.note(task, support(port, *task)[0])
        except (OSError, http.client.HTTPException):
            given.unanswered += 1
            queue.put(task)
            time.sleep(0.2)


def _kill(server: int, name: str) -> str:
    """kill -9 of the supervisor's child with this word in its command line."""
    for path in Path(f"/proc/{server}/task").glob("*/children"):
        for child in path.read_text().split():
            with suppress(OSError):
                if name in Path(f"/proc/{child}/cmdline").read_text():
                    os.kill(int(child), signal.SIGKILL)
                    return name
    return f"{name} was not there"


def _rows(given: _Given, acknowledged: set[tuple[str, str]], authors: int) -> list[dict[str, Any]]:
    from civic.feed.models import Item, SetAside
    from civic.feed.numbering import head
    from civic.ledger.models import Entry
    from civic.notifications.models import Notice
    from civic.proposals.models import Proposal, Support

    rows = {(code, str(person)) for code, person in Support.objects.values_list("proposal__code", "person_id")}
    supported = Entry.objects.filter(fact="ProposalSupported").count()
    counts = Counter(Proposal.objects.values_list("supports", flat=True))
    reached = Counter(Entry.objects.filter(fact="ProposalReachedThreshold").values_list("key", flat=True))
    told = Notice.objects.filter(fact="ProposalReachedThreshold")
    once = Counter(Counter(told.values_list("key", "person")).values())
    to_authors = Counter(told.filter(person__in=Proposal.objects.values("author")).values_list("key", flat=True))
    to_supporters = sorted({count - 1 for count in Counter(told.values_list("key", flat=True)).values()})
    numbers = sorted(Item.objects.values_list("seq", flat=True))
    wrong = sum(count for status, count in given.statuses.items() if status >= 500)
    return [
        _row("processes killed with -9", ", ".join(given.killed), ", ".join(name for name, _n in KILLS)),
        _row("acknowledged supports that are not there", len(acknowledged - rows), 0),
        _row("supports there, of 1,000 asked for", len(rows), PEOPLE * PROPOSALS),
        _row("facts in the ledger, one a support", supported, PEOPLE * PROPOSALS),
        _row("counters of the proposals", dict(counts), {PEOPLE: PROPOSALS}),
        _row("transitions a proposal", dict(Counter(reached.values())), {1: PROPOSALS}),
        _row("authors told of it (the reaction)", dict(Counter(to_authors.values())), {1: authors}),
        {
            "promise": "supporters told of it a proposal, those there when the reaction ran",
            "figure": f"{to_supporters[0]} to {to_supporters[-1]}",
            "bound": f"{THRESHOLD} to {PEOPLE}",
            "met": THRESHOLD <= to_supporters[0] <= to_supporters[-1] <= PEOPLE,
        },
        _row("times a person was told of one proposal", sorted(once), [1]),
        _row("feed: numbers without a gap", numbers == list(range(numbers[0], head().seq + 1)), True),
        _row("items set aside", SetAside.objects.count(), 0),
        _row("answers of 500 or more", wrong, 0),
        {
            "promise": "requests that nobody answered while a process was down",
            "figure": str(given.unanswered),
            "bound": "",
            "met": True,
        },
    ]


def _row(promise: str, figure: Any, bound: Any) -> dict[str, Any]:
    return {"promise": promise, "figure": str(figure), "bound": str(bound), "met": figure == bound}


def _await_ready(site: Scratch) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(OSError):
            with urllib.request.urlopen(f"http://127.0.0.1:{site.port}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        time.sleep(0.2)
    raise RuntimeError((site.folder / "serve.log").read_text(errors="replace")[-2000:])


def _await_quiet() -> None:
    """Until every item has its number and every reaction has read it."""
    from livinglab.pulse import feel_pulse

    end = time.monotonic() + 60
    while time.monotonic() < end:
        pulse = feel_pulse()
        if not pulse.lag.waiting and not any(pulse.lag.behind.values()):
            return
        time.sleep(0.2)
