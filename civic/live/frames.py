"""What is sent? The shapes of one item and of a frame, each encoded once however many read them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC

from django.core.serializers.json import DjangoJSONEncoder

from civic.feed.models import Item

RESET = '{"type":"reset"}'


@dataclass(frozen=True, slots=True)
class Told:
    """An item ready to send: `body` is its JSON from `"key"` on, because `prev` differs from reader to reader."""

    seq: int
    audience: str
    recipient: str
    body: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What a reader gets next: `text` is JSON, or None where nothing concerns it; then it stands at `cursor`."""

    text: str | None
    cursor: int


def told(item: Item) -> Told:
    """Encode an item: `{"seq", "prev", "key", "kind", "at", "state"}`, `at` in UTC as RFC 3339."""
    assert item.seq is not None  # only numbered items are read
    at = item.at.astimezone(UTC).isoformat()
    body = _json({"key": item.key, "kind": item.kind, "at": at, "state": item.state})
    return Told(item.seq, item.audience, item.recipient, body[1:])


def frame_of(epoch: str, cursor: int, items: Iterable[Told], *, prev: int, coalesced: bool = False) -> str:
    """Join encoded items to a frame. `prev` is the number of the item before the first for this reader.

    A coalesced frame holds the newest item per key; it says so, and so does each of its items.
    """
    mark = '"coalesced":true,' if coalesced else ""
    parts = []
    for item in items:
        parts.append(f'{{"seq":{item.seq},"prev":{prev},{mark}{item.body}')
        prev = item.seq
    return f'{{"type":"items","epoch":"{epoch}","cursor":{cursor},{mark}"items":[{",".join(parts)}]}}'


def error_text(code: str, text: str) -> str:
    """What a reader is told that asked in a way we do not understand."""
    return _json({"type": "error", "code": code, "text": text})


def _json(value: object) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
