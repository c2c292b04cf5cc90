"""Who asks, and over which line? Signed-in people of a scratch site, and many requests at the same moment."""

import http.client
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livinglab.bench.asking import free_port, production_environment
from tests.services import running

_SECRET = "b" * 32  # any that cookie and header agree about


@dataclass(frozen=True)
class Scratch:
    """An empty database with reference data, set up for this process too, and the environment of its servers."""

    port: int
    folder: Path
    environment: dict[str, str]


def scratch() -> Scratch:
    """Production's settings on the prover's own database, migrated; Django is set up when this returns."""
    port, folder = free_port(), Path(os.environ["LIVINGLAB_DATA"])
    environment = production_environment(os.environ["DATABASE_URL"], folder, port)
    words = [sys.executable, "-m", "livinglab", "prepare"]
    subprocess.run(words, env=environment, check=True, capture_output=True)
    os.environ.update(environment)
    import django

    django.setup()
    return Scratch(port, folder, environment)


@contextmanager
def serving(site: Scratch) -> "Iterator[subprocess.Popen[bytes]]":
    """`livinglab serve` on it until the block ends, however that is."""
    words = [sys.executable, "-m", "livinglab", "serve", "--port", site.port]
    with (
        (site.folder / "serve.log").open("wb") as log,
        running(*words, environment=site.environment, stdout=log, stderr=log) as server,
    ):
        yield server


def sessions(number: int) -> list[str]:
    """That many people, each with a session key."""
    from livinglab.bench.data import session_of
    from tests.making import make_person

    return [session_of(make_person()) for _n in range(number)]


def support(port: int, code: str, session: str) -> tuple[int, Any]:
    """One support over HTTP: status and answer. Raises OSError or HTTPException where nobody answered."""
    headers = {"Cookie": f"csrftoken={_SECRET}; sessionid={session}", "X-CSRFToken": _SECRET}
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        line.request("POST", f"/api/v1/proposals/{code}/support", headers=headers)
        answer = line.getresponse()
        text = answer.read()
    finally:
        line.close()
    try:
        return answer.status, json.loads(text)
    except ValueError:
        return answer.status, text[:200]


def at_once(calls: Iterable[Callable[[], tuple[int, Any]]]) -> list[int]:
    """Make all calls at the same moment, each in a thread; their statuses, 599 where nobody answered."""
    work = list(calls)
    gate = threading.Barrier(len(work))
    statuses = [0] * len(work)

    def one(place: int) -> None:
        gate.wait()
        try:
            statuses[place] = work[place]()[0]
        except (OSError, http.client.HTTPException):
            statuses[place] = 599

    threads = [threading.Thread(target=one, args=[place]) for place in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses
