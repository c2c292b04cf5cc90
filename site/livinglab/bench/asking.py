"""What does a request cost in processor time, in production's setting, beside a view that does nothing?"""

import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from livinglab.supervisor import die_with_parent

from .data import NUMBER, PASSWORD

WARM_UP = 15  # requests before the clock runs: templates, connections, caches
WINDOWS = 4  # the least disturbed counts: what neighbours of a virtual machine take is booked on our processes
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Processor milliseconds a request, in the cheapest window; `database` is None where it works inside (SQLite)."""

    page: str
    requests: int
    server: float
    database: float | None

    @property
    def total(self) -> float:
        return self.server + (self.database or 0.0)


@dataclass(frozen=True)
class Bench:
    """A running scratch site: how to ask it, what is in it, which process and database work for it."""

    port: int
    known: Mapping[str, Any]
    server: int
    database_url: str

    def headers(self, signed_in: bool) -> dict[str, str]:
        """Cookies of a visitor; the CSRF secret is any 32 characters that cookie and form agree about."""
        secret = "b" * 32
        cookies = f"csrftoken={secret}" + (f"; sessionid={self.known['session']}" if signed_in else "")
        return {"Cookie": cookies, "X-CSRFToken": secret, "Accept-Language": "ko", "Connection": "keep-alive"}


def measure(database_url: str, folder: Path, *, requests: int = 200) -> list[Cost]:
    """Fill the empty database, serve it with granian, and cost each page in turn."""
    with running(database_url, folder) as bench:
        codes = iter(bench.known["codes"])
        shown = f"/proposals/{bench.known['shown']}/"
        sign_in = urlencode({"login": bench.known["email"], "password": PASSWORD})
        pages: list[tuple[str, str, Callable[[], str], bool, str]] = [
            ("trivial view", "GET", lambda: "/bench/trivial/", False, ""),
            ("one INSERT", "POST", lambda: "/bench/one-insert/", False, ""),
            ("home, signed out", "GET", lambda: "/", False, ""),
            ("home, signed in", "GET", lambda: "/", True, ""),
            ("list, signed out", "GET", lambda: "/proposals/", False, ""),
            ("list, signed in", "GET", lambda: "/proposals/", True, ""),
            ("proposal page, signed out", "GET", lambda: shown, False, ""),
            ("proposal page, signed in", "GET", lambda: shown, True, ""),
            ("support, form", "POST", lambda: f"/proposals/{next(codes)}/support/", True, ""),
            ("support, JSON", "POST", lambda: f"/api/v1/proposals/{next(codes)}/support", True, ""),
            ("sign-in", "POST", lambda: "/accounts/login/", False, sign_in),
        ]
        return [_cost(bench, *page, requests=_how_many(page[0], requests)) for page in pages]


def _how_many(page: str, requests: int) -> int:
    """Few sign-ins, because the site allows few; each support needs a proposal of its own; cheap views need many."""
    limits = {"sign-in": 10, "support, form": 120, "support, JSON": 120, "trivial view": 2000, "one INSERT": 2000}
    return min(requests * 5, limits[page]) if page in limits else requests


def _cost(
    bench: Bench, page: str, method: str, path: Callable[[], str], known: bool, body: str, *, requests: int
) -> Cost:
    client = http.client.HTTPConnection("127.0.0.1", bench.port, timeout=30)
    headers = bench.headers(known) | ({"Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {})

    def ask() -> None:
        client.request(method, path(), body or None, headers)
        answer = client.getresponse()
        text = answer.read()
        if answer.status not in (200, 302) or (known and "/login/" in (answer.getheader("Location") or "")):
            raise RuntimeError(f"{method} for {page} answered {answer.status}: {text[:300]!r}")

    for _n in range(5 if page == "sign-in" else WARM_UP):
        ask()
    server, database = min((_window(bench, ask, requests // WINDOWS or 1) for _n in range(WINDOWS)), key=sum)
    return Cost(page, requests, round(server, 2), round(database, 2) if _is_postgresql(bench.database_url) else None)


def _window(bench: Bench, ask: Callable[[], None], requests: int) -> tuple[float, float]:
    """Milliseconds a request, of the server and of the database, over so many of them."""
    before = _spent(bench)
    for _n in range(requests):
        ask()
    after = _spent(bench)
    server, database = ((b - a) * 1000 / requests for a, b in zip(before, after, strict=True))
    return server, database


def _spent(bench: Bench) -> tuple[float, float]:
    """Processor seconds so far: of the server with its workers, and of the database's backends."""
    return sum(map(_cpu, _family(bench.server))), sum(map(_cpu, _backends(bench.database_url)))


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICK  # utime and stime, proc(5)


def _family(pid: int) -> list[int]:
    """A process with its descendants."""
    children = [int(word) for path in Path(f"/proc/{pid}/task").glob("*/children") for word in path.read_text().split()]
    return [pid, *(one for child in children for one in _family(child))]


def _backends(database_url: str) -> list[int]:
    if not _is_postgresql(database_url):
        return []
    with psycopg.connect(database_url, autocommit=True) as watcher:
        rows = watcher.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return [pid for (pid,) in rows]


@contextmanager
def running(database_url: str, folder: Path, number: int = NUMBER) -> Iterator[Bench]:
    """Production's settings on the filled database: granian, one worker, one thread."""
    port = free_port()
    environment = production_environment(database_url, folder, port)
    _livinglab(environment, "-m", "livinglab", "prepare")
    known = json.loads(_livinglab(environment, "-m", "livinglab.bench.data", str(number)))
    with served(environment, folder, port) as pid:
        yield Bench(port, known, pid, database_url)


@contextmanager
def served(
    environment: Mapping[str, str], folder: Path, port: int, *, workers: int = 1, threads: int = 1
) -> Iterator[int]:
    """granian in front of the site until the block ends; yields its process id."""
    log = (folder / "bench.log").open("wb")
    options = ["--interface", "wsgi", "--workers", str(workers), "--blocking-threads", str(threads), "--no-access-log"]
    command = [
        "-m",
        "granian",
        *options,
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "livinglab.bench.wsgi:application",
    ]
    server = subprocess.Popen(
        [sys.executable, *command], env=dict(environment), stdout=log, stderr=log, preexec_fn=die_with_parent
    )
    try:
        _await(port, server, folder / "bench.log")
        yield server.pid
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def production_environment(database_url: str, folder: Path, port: int) -> dict[str, str]:
    """Production's own settings, plain HTTP on this machine; Redis only where the caller has one."""
    return {
        **{name: value for name, value in os.environ.items() if name != "CLOCK_OFFSET"},
        "DJANGO_SETTINGS_MODULE": "livinglab.settings.production",
        "DATABASE_URL": database_url,
        "LIVINGLAB_DATA": str(folder),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "EMAIL_HOST": "127.0.0.1",
        "DEFAULT_FROM_EMAIL": "bench@localhost",
        "TRUSTED_PROXIES": "0",
        "SECRET_KEY": secrets.token_urlsafe(40),
    }


def _livinglab(environment: Mapping[str, str], *words: str) -> str:
    done = subprocess.run([sys.executable, *words], env=dict(environment), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} failed: {done.stderr[-2000:]}")
    return done.stdout


def _await(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"granian did not start: {log.read_text(errors='replace')[-2000:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_postgresql(database_url: str) -> bool:
    return database_url.startswith("postgres")
