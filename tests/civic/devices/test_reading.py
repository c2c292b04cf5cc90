"""Is reading total? Any JSON gives a reading or one reason."""

from datetime import UTC, datetime

import pytest

from civic.devices.reading import Misshapen, bodies, reading

GOOD = {"device": "11200-19-12-20", "mid": "1", "t": "2026-03-02T18:31:00+09:00", "v": {"powerState": "on"}}
T = datetime(2026, 3, 2, 9, 31, tzinfo=UTC)

TIMES = {
    "2026-03-02T18:31:00+09:00": (T, False),
    "2026-03-02T09:31:00Z": (T, False),
    "2026-03-02T18:31:00,000+09:00": (T, False),
    "2026-03-02T18:31:00": (T, True),
}


@pytest.mark.parametrize(("text", "expected"), TIMES.items())
def test_time_in_any_dialect_is_kept_in_utc(text, expected):
    taken = reading(GOOD | {"t": text})
    assert (taken.t, taken.zone_assumed) == expected


MISSHAPEN = {
    "not an object": 7,
    "device is not a text": GOOD | {"device": 5},
    "mid is not a text": GOOD | {"mid": 5},
    "mid is longer than 80 characters or has characters that do not print": GOOD | {"mid": "x\0"},
    "device is longer than 60 characters or has characters that do not print": GOOD | {"device": "\ud800"},
    "t is not a text": GOOD | {"t": 1_700_000_000},
    "t is not a time (RFC 3339)": GOOD | {"t": "yesterday"},
    "t is of a clock that was never set": GOOD | {"t": "1970-01-01T00:00:12Z"},
    "t is of a year that no clock says": GOOD | {"t": "9999-12-31T20:00:00Z"},
    "v is not an object of 1 to 32 metrics": GOOD | {"v": {}},
    "v has a metric whose name is no word": GOOD | {"v": {"a b": 1}},
    "emergency signals are not taken": GOOD | {"v": {"emergency": True}},
    "powerState is not one of on, off, low, bootingUp": GOOD | {"v": {"powerState": True}},
    "illuminanceLevel is not between 0 and 1": GOOD | {"v": {"illuminanceLevel": 80}},
    "current is out of all range": GOOD | {"v": {"current": float("nan")}},
    "voltage is out of all range": GOOD | {"v": {"voltage": 10**400}},
    "current is neither a number nor a text nor true or false": GOOD | {"v": {"current": [1]}},
}


@pytest.mark.parametrize(("reason", "item"), MISSHAPEN.items())
def test_item_that_does_not_fit_gives_its_reason(reason, item):
    with pytest.raises(Misshapen) as refused:
        reading(item)
    assert str(refused.value) == reason


@pytest.mark.parametrize("t", ["0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00"])
def test_time_at_the_edge_of_the_calendar_is_no_time(t):
    with pytest.raises(Misshapen):
        reading(GOOD | {"t": t})


@pytest.mark.parametrize(
    "raw", [b"", b"  ", b"\xff", b"[", b"nonsense", b"[" * 100_000, b"[" + b"9" * 5_000 + b"]", b"{" * 5]
)
def test_body_that_is_no_list_is_misshapen(raw):
    with pytest.raises(Misshapen):
        bodies(raw, most=1_000)


def test_lines_and_arrays_are_read_alike():
    assert bodies(b'[{"a":1},{"a":2}]', most=2) == bodies(b'{"a":1}\r\n\n{"a":2}\n', most=2) == [{"a": 1}, {"a": 2}]


def test_broken_line_stands_in_its_place():
    items = bodies(b'{"a":1}\nbroken\n{"a":2}', most=3)
    assert [items[0], str(items[1]), items[2]] == [{"a": 1}, "not JSON", {"a": 2}]


@pytest.mark.parametrize("raw", [b"[1,2,3]", b"1\n2\n3"])
def test_body_of_too_many_is_refused(raw):
    with pytest.raises(OverflowError):
        bodies(raw, most=2)
