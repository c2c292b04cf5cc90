"""Where does a reader want to go on? `epoch` and `after` as they came in, or the sentence that says what is wrong."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic.refusals import Refusal, Refused

LONGEST = 16 * 1024  # characters of a message to us
_HIGHEST = 2**63 - 1
_LAST_EVENT_ID = re.compile(r"(?P<epoch>[^:]*):(?P<after>.*)", re.DOTALL)
_EPOCH = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,19}", re.ASCII)

NOT_JSON = Refusal("resume_not_json", _('The first message must be JSON: {"resume": {"epoch", "after"}}.'), 400)
NO_RESUME = Refusal("resume_missing", _('The first message must be {"resume": {"epoch", "after"}}.'), 400)
BAD_EPOCH = Refusal("bad_epoch", _("“epoch” must be the epoch that a snapshot or a page named."), 400, "epoch")
BAD_AFTER = Refusal("bad_after", _("“after” must be a whole number, 0 or higher."), 400, "after")


@dataclass(frozen=True)
class Cursor:
    """The last number a reader has seen, and the epoch it belongs to."""

    epoch: str
    after: int


def from_message(text: str | None) -> Cursor:
    """The first message of a socket. Raises Refused."""
    try:
        message = json.loads(text or "")
    except (ValueError, RecursionError):
        raise Refused(NOT_JSON) from None
    resume = message.get("resume") if isinstance(message, dict) else None
    if not isinstance(resume, dict):
        raise Refused(NO_RESUME)
    return _cursor(resume.get("epoch"), resume.get("after"))


def from_query(query: Mapping[str, str], last_event_id: str | None = None) -> Cursor:
    """`?epoch=&after=`, or the `Last-Event-ID` of a stream that broke off, which is newer. Raises Refused."""
    if last_event_id:
        found = _LAST_EVENT_ID.fullmatch(last_event_id)
        if not found:
            raise Refused(BAD_EPOCH)
        return _cursor(found["epoch"], _number(found["after"]))
    return _cursor(query.get("epoch"), _number(query.get("after")))


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and _NUMBER.fullmatch(text) else None


def _cursor(epoch: Any, after: Any) -> Cursor:
    if not isinstance(epoch, str) or not _EPOCH.fullmatch(epoch):
        raise Refused(BAD_EPOCH)
    if type(after) is not int or not 0 <= after <= _HIGHEST:  # not isinstance: True is an int to Python
        raise Refused(BAD_AFTER)
    return Cursor(epoch, after)
