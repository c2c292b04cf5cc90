"""Since when is a lamp as it says it is? From the first word of its newest run, in whatever order the words came."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from .models import STANDING, DeviceState, Observation

Word = tuple[datetime, datetime, str, str]  # when it was said, the same by its own clock, mid, power


def date_switchings(states: Mapping[int, DeviceState], observed: Iterable[Observation]) -> None:
    """Put right `switched_at` of those whose late words fall between others: one query, none where nothing is late."""
    starts: dict[int, datetime] = {}
    for row in observed:
        if row.late and "powerState" in row.values:
            known = starts.get(row.device_id) or states[row.device_id].switched_at or row.said_at
            starts[row.device_id] = min(known, row.said_at)
    if not starts:
        return
    words: dict[int, list[Word]] = {pk: [] for pk in starts}
    for row in Observation.objects.filter(STANDING, device__in=starts, t__gte=min(starts.values())):
        if "powerState" in row.values and row.said_at >= starts[row.device_id]:
            words[row.device_id].append((row.said_at, row.t, row.mid, str(row.values["powerState"])))
    for pk, said in words.items():
        states[pk].switched_at = _begun(said)


def _begun(words: Iterable[Word]) -> datetime | None:
    """When the last run of the same word began."""
    since, before = None, ""
    for t, _own, _mid, power in sorted(words):
        if power != before:
            since, before = t, power
    return since
