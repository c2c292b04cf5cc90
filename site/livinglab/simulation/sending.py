"""How do readings reach the ingest? In batches at a pace, and again after a refusal: they are idempotent."""

import http.client
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

BATCH = 500  # readings a request; the ingest takes 1,000
PATIENCE = 60.0  # seconds that the site may be away
_TIMEOUT = 30.0


class NotTaken(Exception):
    """The site refuses, or has been away too long; in words."""


@dataclass
class Answers:
    """What the ingest said: sent = accepted + duplicate + rejected."""

    sent: int = 0
    accepted: int = 0
    duplicate: int = 0
    rejected: int = 0


@dataclass
class Line:
    """A line to the site with a gateway's key."""

    url: str
    token: str
    answers: Answers = field(default_factory=Answers)
    _client: http.client.HTTPConnection | None = None

    def send(self, readings: Sequence[dict[str, Any]]) -> None:
        """One request; asked again while the site is away or busy. Raises NotTaken."""
        said = self.ask("POST", "/ingest/v1/observations", readings)
        self.answers.sent += len(readings)
        self.answers.accepted += said["accepted"]
        self.answers.duplicate += said["duplicate"]
        self.answers.rejected += len(said["rejected"])

    def ask(self, method: str, path: str, body: Any, *, token: str = "") -> Any:
        """The JSON answer to a request with this key (default: the gateway's). Raises NotTaken."""
        until, pause = time.monotonic() + PATIENCE, 0.2
        data = json.dumps(body).encode()
        while True:
            status, text = self._once(method, path, data, token or self.token)
            if 200 <= status < 300:
                return json.loads(text)
            if 400 <= status < 500 and status != 429:
                raise NotTaken(f"{method} {path} is answered with {status}: {text[:200]}")
            if time.monotonic() > until:
                raise NotTaken(f"{self.url} has not answered for {PATIENCE:.0f} s ({status or 'no answer'}).")
            time.sleep(pause)
            pause = min(pause * 2, 2.0)

    def _once(self, method: str, path: str, data: bytes, token: str) -> tuple[int, str]:
        """Status and text; status 0 where nobody answers."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        try:
            client = self._client or self._open()
            client.request(method, path, data, headers)
            answer = client.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            self.hang_up()
            return 0, ""

    def _open(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.url)
        secure = parts.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        self._client = kind(parts.hostname or "127.0.0.1", parts.port, timeout=_TIMEOUT)
        return self._client

    def hang_up(self) -> None:
        if self._client:
            self._client.close()
        self._client = None


class Pace:
    """So many parts of a whole within so many seconds, from the first part on; none waits when it is late."""

    def __init__(self, parts: int, seconds: float) -> None:
        self._each = seconds / max(1, parts)
        self._began: float | None = None
        self._done = 0

    def wait(self, parts: int) -> None:
        """Wait until these parts may come."""
        now = time.monotonic()
        self._began = self._began or now
        time.sleep(max(0.0, self._began + self._done * self._each - now))
        self._done += parts


def batches(words: Sequence[Any], most: int, together: int) -> Iterator[Sequence[Any]]:
    """In their order: the first `together` as one batch, so that a gateway's clock moves on with all of them heard."""
    if together:
        yield words[:together]
    for start in range(together, len(words), most):
        yield words[start : start + most]
