"""What is so now, when readings come late, twice and in any order? The newest of each metric, by t and then mid.

Pure. Any order and any repetition of a set of readings gives the same state.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Metrics = Mapping[str, list[Any]]  # metric -> [t, mid, value]; t as fixed-width text, so that text order is time order


def stamp(t: datetime) -> str:
    """A moment as text of one width in UTC."""
    return t.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def merged(metrics: Metrics, *, t: datetime, mid: str, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The state after one more reading."""
    moment = stamp(t)
    newer = {
        name: [moment, mid, value]
        for name, value in values.items()
        if name not in metrics or (moment, mid) > (metrics[name][0], metrics[name][1])
    }
    return {**metrics, **newer}


def value_of(metrics: Metrics, name: str) -> Any:
    """The newest value of a metric, None where there is none."""
    return metrics[name][2] if name in metrics else None
