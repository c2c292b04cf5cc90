"""Does `livinglab serve` bring up the demonstration, keep it up and take everything along?"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.live import Site, environment_for, first_switching, served

pytestmark = pytest.mark.browser  # the same running site as the journeys: one start for all


def test_served_site_answers_and_is_ready(live_site: Site) -> None:
    for path, status in (("/", 200), ("/en/", 200), ("/proposals/", 200), ("/readyz", 200), ("/healthz", 200)):
        with urllib.request.urlopen(live_site.url + path, timeout=20) as answer:
            assert (path, answer.status) == (path, status)


def test_web_and_worker_write_the_address_of_the_site_into_mails(live_site: Site) -> None:
    for word in ("uvicorn", "worker"):
        told = Path(f"/proc/{_child(live_site, word)}/environ").read_text().split("\0")
        assert f"BASE_URL={os.environ.get('BASE_URL', live_site.url)}" in told, word


def test_doctor_beside_the_served_site_finds_nothing(live_site: Site) -> None:
    findings = json.loads(live_site.command("doctor", "--json"))
    assert [finding for finding in findings if not finding["ok"]] == []


def test_demonstration_served_as_make_run_does_plays_a_night_by_itself(live_site: Site, tmp_path: Path) -> None:
    """On a copy of its own. `make prove` holds the ten seconds; here the machine does other things too."""
    copy, environment = tmp_path / "copy", environment_for(tmp_path / "data")
    live_site.command("backup", str(copy))
    if (left := live_site.data / "destroyed.log").exists():  # another journey may have left for good
        (tmp_path / "data").mkdir(exist_ok=True)
        shutil.copy(left, tmp_path / "data" / "destroyed.log")
    subprocess.run([sys.executable, "-m", "livinglab", "restore", str(copy)], env=environment, check=True)
    with served(tmp_path / "data", environment) as url:
        assert first_switching(url, within=60) is not None


def test_web_that_is_killed_answers_again(live_site: Site) -> None:
    web = _child(live_site, "uvicorn")
    os.kill(web, 9)
    assert _answers_within(live_site.url + "/healthz", 60)
    assert _child(live_site, "uvicorn") != web


def test_second_start_on_a_taken_port_says_so(live_site: Site) -> None:
    port = live_site.url.rpartition(":")[2]
    words = [sys.executable, "-m", "livinglab", "serve", "--port", port]
    done = subprocess.run(words, env=dict(live_site.environment), capture_output=True, text=True)
    assert done.returncode == 1
    assert re.search(rf"127\.0\.0\.1:{port} cannot be used .*: choose another with PORT=\.", done.stderr)


def test_environment_of_a_site_takes_no_database_of_the_caller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody/real")
    assert "DATABASE_URL" not in environment_for(tmp_path)


def _child(site: Site, word: str) -> int:
    """The process with this word in its command line that works in the site's folder."""
    for path in Path("/proc").glob("[0-9]*"):
        try:
            command = (path / "cmdline").read_text()
            environment = (path / "environ").read_text()
        except OSError:
            continue
        if f"\0{word}\0" in command and f"LIVINGLAB_DATA={site.data}\0" in environment:
            return int(path.name)
    raise AssertionError(f"no {word} for {site.data}")


def _answers_within(address: str, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:  # refused, reset or late: not yet
            time.sleep(0.2)
    return False
