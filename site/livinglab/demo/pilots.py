"""The demonstration's pilots: eight trials with their indicators, told through the actions, before today."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from civic.clocks.deadlines import SEOUL
from civic.devices.models import Device
from civic.faults.actions import open_by_finding, repair_fault, resolve_fault, take_fault
from civic.people.models import Person
from civic.pilots.actions import advance_pilot, decide_pilot, link_lamps, plan_pilot, record_kpi
from civic.pilots.judging import local_day
from civic.pilots.models import ConditionKind, Kpi, Pilot
from civic.pilots.plan import ConditionPlan, KpiPlan, PilotPlan, pilot_plan
from civic.pilots.repairs import PERIOD
from civic.pilots.states import Stage
from civic.proposals.models import Proposal
from livinglab.reference import read

PLANNED = timedelta(days=6)  # before the start
LINKED = timedelta(days=4)
JUDGED = timedelta(days=1)  # before the decision
MORNING = 10  # o'clock, when a pilot starts
DAY = timedelta(days=1)


def tell_pilots(told: Mapping[int, Proposal], cast: Mapping[str, Person], *, start: datetime, now: datetime) -> None:
    """`told` are the story's proposals by number, `cast` the people by nickname; nothing lies before `start`."""
    stories = read("demo/pilots.json")
    for story in stories["pilots"]:
        begins = max(start + PLANNED, _hour(now - story["days_ago"] * DAY, story.get("hour", MORNING)))
        official = cast[story["official"]]
        lamps = _lamps(story["lamps"]) if "lamps" in story else []
        ends = _end(story, now)
        if lamps:
            _repairs(stories["repairs"], _mendable(story["lamps"]), cast, begins, ends - timedelta(hours=1))
        pilot = _started(story, told[story["proposal"]], official, lamps, begins)
        _measured(story, pilot, official, begins, now)
        _judged(story, pilot, official, now)


def _started(
    story: Mapping[str, Any], proposal: Proposal, official: Person, lamps: Sequence[Device], begins: datetime
) -> Pilot:
    pilot = plan_pilot(by=official, proposal=proposal, plan=_plan(story, begins), at=begins - PLANNED)
    if lamps:
        pilot = link_lamps(by=official, pilot=pilot, devices=lamps, at=begins - LINKED)
    return advance_pilot(by=official, pilot=pilot, to=Stage.RUNNING, at=begins)


def _plan(story: Mapping[str, Any], begins: datetime) -> PilotPlan:
    day = begins.astimezone(SEOUL).date()
    conditions = [one for place, row in enumerate(story["kpis"], start=1) for one in _conditions(row, place)]
    return pilot_plan(
        slug=story["slug"],
        title=story["title"],
        summary=story["summary"],
        planned_devices=story["planned_devices"],
        starts_on=day,
        ends_on=day + story["length"] * DAY,
        kpis=[_kpi(row) for row in story["kpis"]],
        conditions=[*conditions, ConditionPlan(ConditionKind.DAYS, 0, story["days"])],
    )


def _kpi(row: Mapping[str, Any]) -> KpiPlan:
    return KpiPlan(
        name=row["name"],
        unit=row["unit"],
        direction=row["direction"],
        target=Decimal(str(row["target"])),
        source=row["source"],
        baseline=Decimal(str(row["baseline"])) if "baseline" in row else None,
    )


def _conditions(row: Mapping[str, Any], place: int) -> Iterator[ConditionPlan]:
    if row.get("must"):
        yield ConditionPlan(ConditionKind.TARGET, place)
    if "least" in row:
        yield ConditionPlan(ConditionKind.CASES, place, row["least"])


def _measured(story: Mapping[str, Any], pilot: Pilot, official: Person, begins: datetime, now: datetime) -> None:
    """The values that the department wrote down, evenly spread up to yesterday, or to the day of judging."""
    last = story["days_ago"] - (4 if "ends" in story else 1)
    kpis: dict[str, Kpi] = {kpi.name: kpi for kpi in pilot.kpis.all()}
    for row in story["kpis"]:
        values = row.get("series", [])
        for n, value in enumerate(values, start=1):
            at = min(_hour(begins + round(last * n / len(values)) * DAY, 17), now)
            record_kpi(
                by=official,
                kpi=kpis[row["name"]],
                on=at.astimezone(SEOUL).date(),
                value=Decimal(str(value)),
                n=row["n"][n - 1] if "n" in row else None,
                note=row["notes"][n - 1] if "notes" in row else "",
                at=at,
            )


def _judged(story: Mapping[str, Any], pilot: Pilot, official: Person, now: datetime) -> None:
    if "ends" not in story:
        return
    advance_pilot(by=official, pilot=pilot, to=Stage.JUDGING, at=_end(story, now))
    if "verdict" in story["ends"]:
        said = {"verdict": story["ends"]["verdict"], "reason": story["ends"]["reason"]}
        at = now - timedelta(hours=story["ends"]["hours_ago"])
        decide_pilot(by=official, pilot=pilot, **said, ends_on=local_day(at + PERIOD), at=at)


def _end(story: Mapping[str, Any], now: datetime) -> datetime:
    """When measuring ends: the day before the decision, or now."""
    return now - timedelta(hours=story["ends"]["hours_ago"]) - JUDGED if "ends" in story else now


def _repairs(
    story: Mapping[str, Any], lamps: Sequence[Device], cast: Mapping[str, Person], begins: datetime, ends: datetime
) -> None:
    """Faults of the lamps, so many a period, whose hours to repair have the told median; the first before the start."""
    done = 0
    for place, period in enumerate(story["periods"], start=-1):
        since, until = begins + place * PERIOD, min(begins + (place + 1) * PERIOD, ends)
        for n, hours in enumerate(_hours(period)):
            repaired = since + (until - since) * ((n + 0.5) / period["count"])
            result = story["results"][done % len(story["results"])]
            _mended(lamps[done % len(lamps)], cast[story["official"]], repaired, hours, result)
            done += 1


def _hours(period: Mapping[str, Any]) -> list[float]:
    """Evenly around the median, in an order that does not look sorted."""
    count, middle = period["count"], (period["count"] - 1) / 2
    hours = [period["median"] + period["spread"] * (n - middle) / middle for n in range(count)]
    return [hours[(n * 5) % count] for n in range(count)] if count % 5 else hours


def _mended(lamp: Device, official: Person, repaired: datetime, hours: float, result: str) -> None:
    opened = repaired - timedelta(hours=hours)
    fault = open_by_finding(device=lamp, code="lampFailure", at=opened)
    take_fault(by=official, fault=fault, at=opened + timedelta(hours=hours / 8))
    repair_fault(by=official, fault=fault, result=result, at=repaired)
    resolve_fault(by=official, fault=fault, at=repaired + timedelta(minutes=30))


def _lamps(story: Mapping[str, Any]) -> list[Device]:
    """The first so many and the last so many lamps of a dong. Nights are played on the first ones."""
    return [*_standing(story).order_by("tag")[: story["first"]], *_last(story)]


def _mendable(story: Mapping[str, Any]) -> list[Device]:
    """Of the last ones those of which no resident tells: nothing that happens now is the relapse of what is told."""
    told = {row["lamp"] for row in read("demo/faults.json")["faults"] if row["dong"] == story["dong"]}
    return [lamp for place, lamp in enumerate(_last(story)) if place not in told]


def _last(story: Mapping[str, Any]) -> list[Device]:
    return list(_standing(story).order_by("-tag")[: story["last"]])


def _standing(story: Mapping[str, Any]) -> QuerySet[Device]:
    """Those that have their place and stand in service."""
    return Device.objects.filter(dong=story["dong"], lat__isnull=False, parent=None, retired_at=None)


def _hour(at: datetime, hour: int) -> datetime:
    """That hour of the local day."""
    return at.astimezone(SEOUL).replace(hour=hour, minute=0, second=0, microsecond=0)
