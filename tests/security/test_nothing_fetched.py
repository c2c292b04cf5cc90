"""Does the server ever go where somebody points it? No address that was typed is asked for anything."""

import ast
import socket
from pathlib import Path

import pytest
from django.test import Client

from tests.making import DOSEON, make_person
from tests.signing import signed_in

ROOT = Path(__file__).resolve().parents[2]
FETCHES = {"urllib.request", "http.client", "requests", "httpx", "aiohttp", "ftplib", "telnetlib", "urllib3"}
# Who speaks to another program, and to which address.
KNOWN = {
    "site/livinglab/management/commands/serve.py": "asks its own child whether it is up",
    "site/livinglab/simulation/sending.py": "sends the demonstration's readings to the address it was started with",
    "site/livinglab/bench/asking.py": "measures a server that it started itself",
    "site/livinglab/signing_in/providers.py": "knows allauth's errors, which asks the providers of the environment",
}


def test_no_module_of_ours_fetches_but_those_that_ask_themselves():
    found = {
        path.relative_to(ROOT).as_posix()
        for top in ("civic", "cms", "site")
        for path in (ROOT / top).rglob("*.py")
        if fetches(path)
    }
    assert found <= KNOWN.keys()


def fetches(path: Path) -> bool:
    named = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            named |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return bool(named & FETCHES)


@pytest.fixture
def no_way_out(monkeypatch):
    """Every attempt to reach another machine is written down and fails."""
    tried = []

    def refuse(self, address, *args):
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            tried.append(address)
            raise OSError("no way out")
        return connect(self, address, *args)

    connect = socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: tried.append(args[0]) or [])
    return tried


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://vimeo.com/1084537",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:5432/",
        "file:///etc/passwd",
        "gopher://evil.example/",
    ],
)
def test_address_that_somebody_wrote_is_asked_for_nothing(admin, no_way_out, address):
    link = f'<a href="{address}">여기</a>'
    words = f"골목이 어둡습니다. {link} {address} 를 봐 주세요."
    form = {"title": "꺼진 보안등", "problem": words, "proposal": words, "category": "safety", "dong": DOSEON}
    assert signed_in(make_person()).post("/proposals/new/", form).status_code == 302
    Client().get("/proposals/")
    told = admin.post("/desk/embeds/chooser/upload/", {"embed-chooser-url": address})
    assert told.status_code == 200
    assert "embed_chosen" not in told.content.decode()
    assert no_way_out == []
