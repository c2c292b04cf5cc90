"""Does the site stand as site/deploy says? The example proxy before granian and uvicorn, on PostgreSQL."""

import contextlib
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import psycopg
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.services import free_port, postgresql

DEPLOY = Path(__file__).resolve().parents[3] / "site" / "deploy"
HEADERS = {"Host $http_host", "X-Forwarded-Proto $scheme", "X-Forwarded-For $remote_addr"}
DOORS: dict[str, int] = {}  # ports of plain HTTP and of the pages behind the proxy
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
stands = [
    pytest.mark.postgresql,
    pytest.mark.timeout(240),
]


# --- as it is written -------------------------------------------------------------------------


def test_every_proxied_location_sends_host_address_and_scheme() -> None:
    """nginx drops what stands above as soon as a location sets one header of its own."""
    conf = _without_comments(DEPLOY / "nginx.conf")
    outside = re.sub(r"location [^{]*\{[^}]*\}", "", conf)
    for name, body in re.findall(r"location ([^{]*)\{([^}]*)\}", conf):
        if "proxy_pass" in body:
            sent = _sent(body) or _sent(outside)
            assert (name, sent & HEADERS) == (name, HEADERS)


def test_the_proxy_uses_nothing_that_debian_12_does_not_know() -> None:
    assert not re.search(r"^\s*http2\s", _without_comments(DEPLOY / "nginx.conf"), re.M)


def test_the_example_environment_has_all_that_production_requires(tmp_path: Path) -> None:
    lines = (DEPLOY / "livinglab.env.example").read_text().splitlines()
    example = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    assert "SECRET_KEY needs" in _imported({**example, "LIVINGLAB_DATA": str(tmp_path)})  # as it is copied
    drawn = "for-this-test-only-" * 4
    assert _imported({**example, "LIVINGLAB_DATA": str(tmp_path), "SECRET_KEY": drawn}) == ""
    assert "127.0.0.1" in example["ALLOWED_HOSTS"].split(",")  # whoever watches asks by this name
    assert "METRICS_TOKEN" not in example  # a word that everybody can read opens nothing


@pytest.mark.parametrize("name", ["EMAIL_HOST", "DEFAULT_FROM_EMAIL", "TRUSTED_PROXIES", "SECRET_KEY"])
def test_production_names_what_is_missing(tmp_path: Path, name: str) -> None:
    whole = _production(f"sqlite:///{tmp_path}/db", tmp_path, 1)
    assert f"{name} is not set" in _imported({key: value for key, value in whole.items() if key != name})


def test_the_units_folder_is_made_before_they_start() -> None:
    units = "".join(unit.read_text() for unit in DEPLOY.glob("*.service"))
    folders = set(re.findall(r"ReadWritePaths=(\S+)", units))
    readme = (DEPLOY / "README.md").read_text()
    made = re.findall(r"`install -d [^`]*`", readme)
    assert [folder for folder in folders if not any(folder in line for line in made)] == []


def test_the_runner_has_the_units_account_folder_and_settings() -> None:
    unit = (DEPLOY / "livinglab-worker.service").read_text()
    runner = (DEPLOY / "livinglab").read_text()
    found = {word: re.search(rf"^{word}=(\S+)", unit, re.M) for word in ("User", "WorkingDirectory", "EnvironmentFile")}
    user, folder, file = (match[1] for match in found.values() if match)
    assert f"--uid={user} --working-directory={folder} " in runner
    assert f"--property=EnvironmentFile={file} " in runner


# --- as it runs -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of the proxy and of the database behind it."""
    folder = tmp_path_factory.mktemp("deployed")
    front, plain, pages, live = free_port(), free_port(), free_port(), free_port()
    with postgresql() as database, contextlib.ExitStack() as running:
        environment = _production(database, folder, front)
        _run(environment, "-m", "livinglab", "prepare")
        conf = _proxy(folder, front, plain, pages, live)
        commands = {
            "pages": [sys.executable, "-m", *_command_of("pages", pages)],
            "live": [sys.executable, "-m", *_command_of("live", live)],
            "proxy": [str(NGINX), "-c", str(conf), "-p", str(folder)],
        }
        children = {
            name: running.enter_context(_child(command, environment, folder / name))
            for name, command in commands.items()
        }
        url = f"http://127.0.0.1:{front}"
        _await(lambda: _ask(f"{url}/en/")[0] == 200 and _opens(url), children, folder)
        DOORS.update(plain=plain, pages=pages)
        yield url, database


def _written(site: str, folder: Path) -> str:
    """What the proxy has logged, once it has: a page of its own is asked for, and its line awaited."""
    (file,) = folder.glob("deployed[0-9]*/access.log")
    mark = f"/en/?mark={time.monotonic_ns()}"
    _ask(site + mark)
    while mark not in (found := file.read_text()):
        time.sleep(0.05)
    return found


@pytest.mark.usefixtures("site")
class TestDeployed:
    pytestmark = stands

    @pytest.mark.parametrize("path", ["/", "/en/", "/proposals/", "/accounts/login/", "/live/snapshot", "/readyz"])
    def test_pages_answer_through_the_proxy(self, site: tuple[str, str], path: str) -> None:
        assert _ask(site[0] + path)[0] == 200

    def test_plain_http_leads_to_https(self, site: tuple[str, str]) -> None:
        asked = http.client.HTTPConnection("127.0.0.1", DOORS["plain"], timeout=20)
        asked.request("GET", "/votes/?page=2")
        answer = asked.getresponse()
        assert (answer.status, answer.headers["Location"]) == (301, "https://127.0.0.1/votes/?page=2")

    def test_another_name_gets_no_answer(self, site: tuple[str, str]) -> None:
        assert _ask(f"{site[0]}/healthz", Host="elsewhere.example") == (0, "")

    @pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
    def test_who_watches_on_this_machine_asks_the_pages_themselves(self, site: tuple[str, str], path: str) -> None:
        assert _ask(f"http://127.0.0.1:{DOORS['pages']}{path}")[0] == 200

    def test_a_file_of_the_build_comes_from_the_disk(self, site: tuple[str, str]) -> None:
        found = re.search(r'src="(/static/[^"]+)"', _ask(f"{site[0]}/en/")[1])
        assert found
        assert _ask(site[0] + found[1])[0] == 200

    def test_a_socket_opens_and_answers(self, site: tuple[str, str]) -> None:
        with connect(site[0].replace("http", "ws", 1) + "/ws/live", origin=site[0], proxy=None) as socket:
            socket.send(json.dumps({"resume": {"epoch": "of-yesterday", "after": 1}}))
            assert json.loads(socket.recv(timeout=20)) == {"type": "reset"}

    def test_a_socket_of_a_strangers_page_is_refused(self, site: tuple[str, str]) -> None:
        with pytest.raises(InvalidStatus, match="403"):
            connect(site[0].replace("http", "ws", 1) + "/ws/live", origin="https://elsewhere.example", proxy=None)

    def test_a_stream_opens_and_answers_at_once(self, site: tuple[str, str]) -> None:
        with urllib.request.urlopen(f"{site[0]}/live/sse?epoch=of-yesterday&after=1", timeout=20) as answer:
            assert (answer.status, answer.headers.get_content_type()) == (200, "text/event-stream")
            assert any(b"reset" in answer.readline() for _ in range(4))

    def test_figures_are_refused_to_whom_the_proxy_passes_on(self, site: tuple[str, str]) -> None:
        assert _ask(f"{site[0]}/metrics")[0] == 403

    def test_figures_are_given_to_the_holder_of_the_token(self, site: tuple[str, str]) -> None:
        assert _ask(f"{site[0]}/metrics", Authorization="Bearer watch-lamp")[0] == 200

    def test_a_visitor_cannot_pass_for_this_machine(self, site: tuple[str, str]) -> None:
        assert _ask(f"{site[0]}/metrics", **{"X-Forwarded-For": "127.0.0.1"})[0] == 403

    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_code_of_a_letter_is_in_no_log_of_the_proxy(
        self, site: tuple[str, str], prefix: str, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """As a browser goes: by the redirects, then it loads what the page needs, and says where it comes from."""
        jar = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with jar.open(f"{site[0]}{prefix}/me/verification/?code=1234-5678-9012", timeout=30) as answer:
            page, here = answer.read().decode(), answer.url
        assert here == f"{site[0]}{prefix}/accounts/login/?next={prefix}/me/verification/"
        for found in re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css))"', page)[:3]:
            _ask(site[0] + found, Referer=here)
        written = _written(site[0], tmp_path_factory.getbasetemp())
        assert "/accounts/login/?next=" in written
        assert "5678" not in written

    def test_no_page_fails_after_the_database_dropped_every_connection(self, site: tuple[str, str]) -> None:
        for _ in range(4):  # both workers hold one
            _ask(f"{site[0]}/en/proposals/")
        with psycopg.connect(site[1], autocommit=True) as own:
            own.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        assert [_ask(f"{site[0]}/en/proposals/?q={number}")[0] for number in range(6)] == [200] * 6


# --- how it is brought up -----------------------------------------------------------------------


def _without_comments(path: Path) -> str:
    return re.sub(r"#.*", "", path.read_text())


def _sent(block: str) -> set[str]:
    return {" ".join(words.split()) for words in re.findall(r"proxy_set_header\s+([^;]+);", block)}


def _production(database: str, folder: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("CLOCK_OFFSET", "REDIS_URL")}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "livinglab.settings.production",
        "SECRET_KEY": "for-this-test-only-" * 4,
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": database,
        "LIVINGLAB_DATA": str(folder),
        "METRICS_TOKEN": "watch-lamp",
        "TRUSTED_PROXIES": "1",
        "EMAIL_HOST": "127.0.0.1",
        "DEFAULT_FROM_EMAIL": "livinglab@example.org",
    }


def _imported(environment: Mapping[str, str]) -> str:
    """What Python says about production's settings in this environment: nothing when all is well."""
    words = [sys.executable, "-c", "import livinglab.settings.production"]
    return subprocess.run(
        words,
        env={**{n: os.environ[n] for n in ("PATH", "PYTHONPATH") if n in os.environ}, **environment},
        capture_output=True,
        text=True,
    ).stderr


def _command_of(unit: str, port: int) -> list[str]:
    """What systemd would start, on another port."""
    text = (DEPLOY / f"livinglab-{unit}.service").read_text()
    words = re.findall(r"^ExecStart=\S+/\.venv/bin/(.*)$", text, re.M)[0].split()
    words[words.index("--port") + 1] = str(port)
    return words


def _proxy(folder: Path, front: int, plain: int, pages: int, live: int) -> Path:
    """The example without TLS, on ports and in a folder of its own."""
    server = _without_comments(DEPLOY / "nginx.conf")
    server = re.sub(r"\bssl_certificate\w*\s[^;]+;", "", server)
    server = server.replace("listen 443 ssl http2", f"listen 127.0.0.1:{front}")
    server = server.replace("listen 80", f"listen 127.0.0.1:{plain}").replace("lab.example.go.kr", "127.0.0.1")
    server = server.replace("127.0.0.1:8001", f"127.0.0.1:{pages}").replace("127.0.0.1:8002", f"127.0.0.1:{live}")
    server = server.replace("/srv/livinglab/data/", f"{folder}/")
    places = " ".join(f"{name}_temp_path {folder};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;" if os.geteuid() == 0 else ""
    conf = folder / "nginx.conf"
    conf.write_text(
        f"{user} daemon off; pid {folder}/nginx.pid; error_log stderr; events {{ }}\n"
        f"http {{ access_log {folder}/access.log; include /etc/nginx/mime.types; {places}\n{server}\n}}\n"
    )
    return conf


@contextlib.contextmanager
def _child(command: list[str], environment: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.with_suffix(".log").open("wb") as output:
        child = subprocess.Popen(command, env=dict(environment), stdout=output, stderr=output)
        try:
            yield child
        finally:
            child.terminate()
            child.wait(30)


def _run(environment: Mapping[str, str], *words: str) -> None:
    done = subprocess.run([sys.executable, *words], env=dict(environment), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]


def _ask(address: str, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def _opens(url: str) -> bool:
    try:
        connect(url.replace("http", "ws", 1) + "/ws/live", origin=url, proxy=None).close()
    except (OSError, InvalidStatus):
        return False
    return True


def _await(true: Callable[[], bool], children: Mapping[str, subprocess.Popen[bytes]], folder: Path) -> None:
    end = time.monotonic() + 90
    while not true():
        dead = {name: child.poll() for name, child in children.items() if child.poll() is not None}
        if dead or time.monotonic() > end:
            logs = "\n".join(f"{path}\n{path.read_text(errors='replace')[-1500:]}" for path in folder.glob("*.log"))
            raise AssertionError(f"The site does not come up, ended: {dead}\n{logs}")
        time.sleep(0.2)
