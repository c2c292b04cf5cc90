"""The demonstration's faults that residents reported: what they said, who joined, what officials did, until now."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from civic.devices.models import Device
from civic.faults.actions import (
    join_fault,
    reject_fault,
    repair_fault,
    report_fault,
    resolve_fault,
    schedule_fault,
    start_fault,
    take_fault,
)
from civic.faults.models import Fault
from civic.people.models import Person
from livinglab.reference import read

ON_DUTY = {"11200": "김하늘", "11530": "장온"}


def tell_faults(cast: Mapping[str, Person], crowd: Sequence[Person], *, now: datetime) -> None:
    """Every fault of fixtures/demo/faults.json in the order of time; `lamp` counts back from the dong's last one."""
    for story in sorted(read("demo/faults.json")["faults"], key=lambda row: -row["hours_ago"]):
        reported = _ago(story, now)
        fault, _key = report_fault(
            by=cast[story["by"]] if story["by"] else None,
            device=_lamp(story["dong"], story["lamp"]),
            category=story["category"],
            text=story["text"],
            at=reported,
        )
        for n, neighbour in enumerate(crowd[: story["me_too"]], start=1):
            join_fault(by=neighbour, fault=fault, at=reported + timedelta(minutes=3 * n))
        for step in story["steps"]:
            _go_on(fault, cast[ON_DUTY[fault.district_id]], step, _ago(step, now))


def _lamp(dong: str, number: int) -> Device:
    lamps = Device.objects.filter(dong=dong, lat__isnull=False, parent=None, retired_at=None)
    return lamps.order_by("-tag")[number]  # a night's troubles befall the first of a dong: none joins a fault told here


def _ago(row: Mapping[str, Any], now: datetime) -> datetime:
    return now - timedelta(hours=row["hours_ago"])


def _go_on(fault: Fault, official: Person, step: Mapping[str, Any], at: datetime) -> None:
    said: dict[str, Any] = {"by": official, "fault": fault, "at": at}
    match step["act"]:
        case "take":
            take_fault(**said, note=step["note"])
        case "schedule":
            schedule_fault(**said, planned_for=at + timedelta(hours=step["in_hours"]), note=step["note"])
        case "start":
            start_fault(**said, note=step["note"])
        case "repair":
            repair_fault(**said, result=step["note"])
        case "resolve":
            resolve_fault(**said, note=step["note"])
        case "reject":
            take_fault(**said)
            reject_fault(**said, reason=step["reason"], note=step["note"])
