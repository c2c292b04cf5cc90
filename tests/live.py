"""What does a journey drive? The demonstration as `livinglab serve` runs it, and a real Chromium."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.services import free_port, running

_UP_WITHIN = 90  # seconds, on a machine that builds something else at the same time
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Site:
    """A running demonstration: its address, its folder, the environment its commands run in."""

    url: str
    data: Path
    environment: Mapping[str, str]
    password: str

    def command(self, *arguments: str) -> str:
        """Run `livinglab ...` beside the running site; returns what it printed."""
        return _command(self.environment, *arguments)


@contextmanager
def running_site(data: Path, **more: str) -> Iterator[Site]:
    """Load the demonstration into `data` and serve it on a free port until the block ends."""
    environment = environment_for(data, **more)
    accounts = json.loads(_command(environment, "demo", "--json"))
    with served(data, environment, "--still") as url:
        yield Site(url, data, environment, accounts["password"])


@contextmanager
def served(data: Path, environment: Mapping[str, str], *flags: str) -> Iterator[str]:
    """`livinglab serve` on a free port, from when it is ready until the block ends; its address."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    words = [sys.executable, "-m", "livinglab", "serve", *flags, "--port", str(port)]
    with (
        (data / "serve.log").open("wb") as log,
        running(*words, environment=environment, stdout=log, stderr=log) as server,
    ):
        _await(f"{url}/readyz", server, data / "serve.log")
        yield url


def first_switching(url: str, within: float) -> float | None:
    """Seconds until a lamp of the district's map says something new; None where none does in time."""
    began, before = time.monotonic(), _states(url)
    while (passed := time.monotonic() - began) < within:
        if _states(url) != before:
            return passed
        time.sleep(0.2)
    return None


def _states(url: str) -> str:
    with urllib.request.urlopen(f"{url}/live/snapshot?district=11200", timeout=20) as answer:
        return str(json.load(answer)["state"])


def environment_for(data: Path, **more: str) -> dict[str, str]:
    """The demonstration's settings with everything it writes under `data`; nothing of the caller's databases."""
    dropped = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "CLOCK_OFFSET", "TEST_DB"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "LIVINGLAB_DATA": str(data), "PYTHONUNBUFFERED": "1", **more}


@contextmanager
def chromium() -> Iterator[object]:
    """The system's Chromium, headless, talking to nobody but the page."""
    from playwright.sync_api import sync_playwright  # slow to import, and most tests need no browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium_program(), args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def another(browser: object) -> Iterator[object]:
    """A second Chromium beside the first, a process of its own."""
    second = browser.browser_type.launch(executable_path=_chromium_program(), args=list(FLAGS))  # type: ignore[attr-defined]  # playwright's type would load it for every test
    yield second
    second.close()


def _chromium_program() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def _command(environment: Mapping[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "livinglab", *arguments], env=dict(environment), capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"livinglab {' '.join(arguments)}: {done.stdout}{done.stderr}")
    return done.stdout


def _await(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _UP_WITHIN
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            pass  # not yet
        if server.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"{address} does not answer:\n{log.read_text(errors='replace')}")
        time.sleep(0.1)
