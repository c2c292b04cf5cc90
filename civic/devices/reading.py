"""What does a device say, and does it have the shape of a reading? Pure and total: any JSON gives one or a reason.

Names and values are those of Smart Data Models' Streetlight and Device; times are RFC 3339.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")  # of a time without a zone
MOST_METRICS = 32
LONGEST_MID = 80  # characters, also of a text value
FIRST_YEAR = 2005  # clocks that were never set say 1970, 1980 or 2000
LAST_YEAR = 2999  # near the end of the calendar no local time can be told: nothing that reads it later would stand
AHEAD = timedelta(minutes=5)  # a clock further ahead is wrong: the time of receipt counts
POWER_STATES = {"on", "off", "low", "bootingUp"}
# The city's emergency lamps blink when a person calls for help: such a signal must not enter any record here.
NEVER_TAKEN = {"emergency", "sos", "panic"}
_METRIC = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}\Z")
_UNFIT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class Misshapen(Exception):
    """The one thing that does not fit, in words."""


@dataclass(frozen=True)
class Reading:
    """What the device with this tag said at `t` (UTC); `mid` tells its messages of one moment apart."""

    tag: str
    mid: str
    t: datetime
    values: dict[str, Any]
    zone_assumed: bool = False


def bodies(raw: bytes, *, most: int) -> list[Any]:
    """The items of a JSON array or of NDJSON (one a line). Raises Misshapen where it is
    neither, OverflowError where there are more than `most`.

    A line of NDJSON that is no JSON stands as a Misshapen in its place, so that the others are taken.
    """
    try:
        text = raw.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise Misshapen("The body is not UTF-8.") from error
    if not text:
        raise Misshapen("The body is empty.")
    if not text.startswith("["):
        lines = [line for line in text.split("\n") if line.strip()]
        items = [_line(line) for line in lines[: most + 1]]
        if len(lines) == 1 and isinstance(items[0], Misshapen):
            raise Misshapen("The body is neither a JSON array nor NDJSON.")
    else:
        items = _json(text)
    if len(items) > most:
        raise OverflowError(f"At most {most} readings a request.")
    return items


def reading(item: Any, *, own_tag: str = "") -> Reading:
    """One item as a reading; a device's own key may leave `device` out. Raises Misshapen."""
    if isinstance(item, Misshapen):
        raise item
    if not isinstance(item, dict):
        raise Misshapen("not an object")
    tag = _text(item.get("device", own_tag), "device", 60)
    mid = _text(item.get("mid"), "mid", LONGEST_MID)
    t, assumed = _moment(item.get("t"))
    return Reading(tag, mid, t, _values(item.get("v")), assumed)


def _line(line: str) -> Any:
    try:
        return _json(line)
    except Misshapen:
        return Misshapen("not JSON")


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Misshapen("The body is not JSON.") from error


def _text(value: Any, name: str, most: int) -> str:
    if not isinstance(value, str) or not value:
        raise Misshapen(f"{name} is not a text")
    if len(value) > most or _UNFIT.search(value):
        raise Misshapen(f"{name} is longer than {most} characters or has characters that do not print")
    return value


def _moment(value: Any) -> tuple[datetime, bool]:
    """In UTC, and whether the zone had to be assumed. The Korean data hub writes a comma before milliseconds."""
    try:
        moment = datetime.fromisoformat(_text(value, "t", 40).replace(",", "."))
        assumed = moment.tzinfo is None
        moment = (moment.replace(tzinfo=SEOUL) if assumed else moment).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Misshapen("t is not a time (RFC 3339)") from error
    if moment.year < FIRST_YEAR:
        raise Misshapen("t is of a clock that was never set")
    if moment.year > LAST_YEAR:
        raise Misshapen("t is of a year that no clock says")
    return moment, assumed


def _values(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or not 1 <= len(value) <= MOST_METRICS:
        raise Misshapen(f"v is not an object of 1 to {MOST_METRICS} metrics")
    for name, figure in value.items():
        if not _METRIC.match(name):
            raise Misshapen("v has a metric whose name is no word")
        if name.lower() in NEVER_TAKEN:
            raise Misshapen("emergency signals are not taken")
        if reason := next(_wrong(name, figure), ""):
            raise Misshapen(f"{name} {reason}")
    return value


def _wrong(name: str, figure: Any) -> Iterator[str]:
    if isinstance(figure, str):
        if len(figure) > LONGEST_MID or _UNFIT.search(figure):
            yield f"is longer than {LONGEST_MID} characters or has characters that do not print"
    elif not isinstance(figure, bool | int | float):
        yield "is neither a number nor a text nor true or false"
    elif not -1e15 < figure < 1e15 or not math.isfinite(figure):
        yield "is out of all range"
    if name == "powerState" and figure not in POWER_STATES:
        yield "is not one of on, off, low, bootingUp"
    if name == "illuminanceLevel" and (isinstance(figure, str | bool) or not 0 <= figure <= 1):
        yield "is not between 0 and 1"
