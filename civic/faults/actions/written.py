"""How is a step on a fault's way written? The row, the step for its page, its place in the chain, and the fact.

Time is called `moment` here: these are parts of actions, none by themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q

from civic.chain.actions import issue_code, link_nodes, move_node, place_node
from civic.devices.actions.chain import enter_chain
from civic.devices.models import Device
from civic.faults.clock import due
from civic.faults.marks import fault_path, fault_title, live_state, marks
from civic.faults.models import AffectedLamp, Category, Fault, FaultStep, Source
from civic.faults.states import AT_WORK, MOVES, NEW, State
from civic.faults.trouble import TROUBLES
from civic.ledger.facts import Fact
from civic.ledger.record import record
from civic.people.models import Person
from civic.people.queries import department_for
from civic.places.models import Dong

Concerns = Mapping[Model, Mapping[str, Any]]


@dataclass(frozen=True)
class Where:
    """A device, or a point in a dong, WGS84 degrees."""

    device: Device | None = None
    dong: Dong | None = None
    lon: float | None = None
    lat: float | None = None

    @classmethod
    def of(cls, device: Device) -> "Where":
        return cls(device, device.dong, device.lon, device.lat)


def locked(fault: Fault) -> Fault:
    """The row as it is now, held until the caller commits."""
    rows = Fault.objects.select_for_update(of=("self",)).select_related("device", "dong", "district")
    return rows.get(pk=fault.pk)


def pair(fault: Fault, twin: Fault | None) -> tuple[Fault, Fault | None]:
    """A fault, its duplicates and its twin, held in the order of their numbers: two never wait for each other."""
    rows = Fault.objects.select_for_update(of=("self",)).select_related("device", "dong", "district")
    whose = Q(pk__in=[one.pk for one in (fault, twin) if one]) | Q(duplicate_of=fault.pk)
    found = {row.pk: row for row in rows.filter(whose).order_by("pk")}
    return found[fault.pk], found[twin.pk] if twin else None


def held(device: Device) -> None:
    """Whoever opens a fault at a device waits for whoever is doing so; readings go on coming in."""
    Device.objects.select_for_update(no_key=True).get(pk=device.pk)


def begun(where: Where, category: Category, source: Source, moment: datetime, *, finding: str = "") -> Fault:
    """The row of a new fault, with its number, its clocks and its node, linked to its device's."""
    district = where.device.district_id if where.device else where.dong.district_id if where.dong else ""
    clocks = due(district, category, moment)
    fault = Fault.objects.create(
        code=issue_code(prefix="F", at=moment),
        district_id=district,
        dong=where.dong,
        department=department_for(district=district, kind="fault", category=category),
        device=where.device,
        lat=where.lat,
        lon=where.lon,
        category=category,
        trouble=TROUBLES[category],
        finding=finding,
        source=source,
        state=State.CONFIRMED if source == Source.SENSOR else State.SUSPECTED,
        opened_at=moment,
        moved_at=moment,
        answer_due_at=clocks.answer,
        repair_due_at=clocks.repair,
        due_at=clocks.answer,
    )
    _enter_chain(fault)
    return fault


def affect(fault: Fault, devices: Iterable[Device]) -> None:
    """Lamps that are dark with it."""
    AffectedLamp.objects.bulk_create((AffectedLamp(fault=fault, device=d) for d in devices), ignore_conflicts=True)


def write_step(
    fault: Fault,
    fact: Fact,
    moment: datetime,
    *,
    to: State | None = None,
    by: Person | None = None,
    note: str = "",
    concerns: Concerns | None = None,
    shown: bool = True,
) -> None:
    """Move and write a locked fault, its step (where shown), its place in the chain and its fact."""
    if to is not None:
        _move(fault, to, moment)
    fault.save()
    if shown:
        signed = {"by_name": fault.assignee_name, "office": fault.office, "phone": fault.phone} if by else {}
        FaultStep.objects.create(
            fault=fault, state=fault.state, fact=fact.name(), at=moment, by=by, note=note, **signed
        )
    move_node(key=fault.key, state=fault.state, marks=marks(fault))
    official: Concerns = {by: {"as": "official"}} if by else {}
    record(fact, state=live_state(fault), concerns=concerns or official, at=moment)


def relapse(fault: Fault, moment: datetime) -> None:
    """Set the fields of a fault that is back: new clocks, the count, nobody at work."""
    clocks = due(fault.district_id, fault.category, moment)
    fault.reopened, fault.reopened_at = fault.reopened + 1, moment
    fault.answer_due_at, fault.repair_due_at, fault.due_at = clocks.answer, clocks.repair, clocks.answer
    fault.acknowledged_at = fault.planned_for = fault.started_at = None
    fault.repaired_at = fault.resolved_at = fault.closure_proposed_at = None
    fault.result = ""


def _move(fault: Fault, to: State, moment: datetime) -> None:
    """Refuses a move that is not in the table: a programming error, not a person's."""
    if to not in MOVES[State(fault.state)]:
        raise ValueError(f"{fault.code}: no way from {fault.state} to {to}")
    fault.state, fault.moved_at, fault.first_network = to, moment, ""
    clocks = dict.fromkeys(NEW, fault.answer_due_at) | dict.fromkeys(AT_WORK, fault.repair_due_at)
    fault.due_at = clocks.get(to)


def _enter_chain(fault: Fault) -> None:
    place_node(
        key=fault.key,
        kind="fault",
        district=fault.district_id,
        title=fault_title(fault),
        state=fault.state,
        path=fault_path(fault),
        marks=marks(fault),
    )
    if fault.device:
        enter_chain([fault.device])
        link_nodes(origin=fault.device.key, target=fault.key, kind="failed")
