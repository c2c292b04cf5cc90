"""Which faults are there, whose word is it, and how long did repairs take?"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from math import cos, hypot, radians
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from civic.devices.models import Device, DeviceFinding, Kind
from civic.people.bearer import digest
from civic.people.models import Person

from .facts import FaultReopened, FaultRepaired
from .models import Fault, FaultStep, Report, Trouble
from .states import CLOSED, State
from .trouble import TOLD_BY_DEVICES, findings_of

CODE = re.compile(r"F-\d{4}-\d{6,}", re.ASCII)
DEGREE = 111_320  # metres of latitude
SAME_PLACE = 15  # metres: what a telephone knows of where it is
WITH_SUPPLY = (Trouble.LIGHT, Trouble.LINK, Trouble.SUPPLY)  # what a lamp shows whose cabinet is dead


def find(code: str) -> Fault | None:
    """One fault with what its page shows; None for what is no number of a fault."""
    if not CODE.fullmatch(code):
        return None
    rows = Fault.objects.select_related(
        "device__streetlight", "device__state", "dong", "district", "department", "duplicate_of"
    )
    return rows.filter(code=code).first()


def open_faults() -> QuerySet[Fault]:
    """All that is open, with device and dong, the one due first in front."""
    rows = Fault.objects.exclude(state__in=CLOSED).select_related("device", "dong", "district")
    return rows.order_by("due_at", "pk")


def open_faults_of(device: Device) -> list[Fault]:
    """What is open at a device: its own faults, then the one of its cabinet's supply."""
    whose = Q(device=device)
    if device.parent_id:
        whose |= Q(device=device.parent_id, trouble=Trouble.SUPPLY)
    rows = Fault.objects.exclude(state__in=CLOSED).filter(whose).select_related("device", "dong", "district")
    return sorted(rows, key=lambda fault: (fault.device_id != device.pk, fault.opened_at))


def own_open_fault(device: Device, trouble: str) -> Fault | None:
    """The open fault of this trouble at this very device."""
    return Fault.objects.exclude(state__in=CLOSED).filter(device=device, trouble=trouble).first()


def open_fault(device: Device, trouble: str) -> Fault | None:
    """The open fault that a resident's word belongs to: the lamp's own, or its cabinet's while that has no power."""
    mine = own_open_fault(device, trouble)
    if mine is not None or trouble not in WITH_SUPPLY or device.parent_id is None:
        return mine
    above = Fault.objects.exclude(state__in=(*CLOSED, State.REPAIRED)).filter(closure_proposed_at=None)
    return above.filter(device=device.parent_id, trouble=Trouble.SUPPLY).first()


def open_fault_near(lon: float, lat: float, trouble: str) -> Fault | None:
    """The open fault without a device at this very place."""
    rows = Fault.objects.exclude(state__in=CLOSED).filter(device=None, trouble=trouble)
    near = [fault for fault in _around(rows, lon, lat) if _metres(fault, lon, lat) <= SAME_PLACE]
    return min(near, key=lambda fault: _metres(fault, lon, lat), default=None)


def relapsed(device: Device, trouble: str, *, since: datetime) -> Fault | None:
    """The fault of this trouble that was resolved last, if it was after `since`: it keeps its number."""
    rows = Fault.objects.filter(device=device, trouble=trouble, state=State.RESOLVED, resolved_at__gte=since)
    return rows.order_by("-resolved_at").first()


def lamps_near(lon: float, lat: float, within: float = SAME_PLACE) -> list[Device]:
    """Lamps in service within so many metres of a point, the nearest first: which one is meant, one has to ask."""
    rows = Device.objects.filter(retired_at__isnull=True, streetlight__isnull=False).select_related("dong")
    near = [(_metres(device, lon, lat), device) for device in _around(rows, lon, lat, within)]
    return [device for far, device in sorted(near, key=lambda pair: pair[0]) if far <= within]


def steps_of(fault: Fault) -> list[FaultStep]:
    """What was done, the oldest first."""
    return list(fault.steps.order_by("at", "id"))


def report_by_key(key: str) -> Report | None:
    """The report that a guest's key opens, with its fault; None for any other word."""
    if not key or "\0" in key:
        return None
    rows = Report.objects.select_related("fault__device", "fault__dong", "fault__district", "contact")
    return rows.filter(digest=digest(key)).first()


def report_of(fault: Fault, person: Person | None, keys: Iterable[str] = (), email: str = "") -> Report | None:
    """What this person, this browser or this address has said of the fault already."""
    whose = Q(digest__in=[digest(key) for key in keys])
    if person:
        whose |= Q(person=person)
    if email:
        whose |= Q(contact__email=email.lower())
    return reports_of(fault).filter(whose).select_related("contact").order_by("pk").first()


def reports_of(fault: Fault) -> QuerySet[Report]:
    """Everybody's word about it, that of its duplicates included."""
    return Report.objects.filter(Q(fault=fault) | Q(fault__duplicate_of=fault))


def repair_hours(devices: Iterable[Device], since: datetime, until: datetime, *only: Exists) -> list[tuple[str, float]]:
    """(code, hours) of every repair in [since, until), each from the first sign or the last relapse before it.

    `only` narrows them further: its outer rows are the steps.
    """
    steps = FaultStep.objects.filter(*only, fault__device__in=devices).exclude(fault__state=State.REJECTED)
    back = FaultStep.objects.filter(fault=OuterRef("fault"), fact=FaultReopened.name())
    before = back.filter(Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), id__lt=OuterRef("id"))).order_by("-at", "-id")
    repairs = steps.filter(fact=FaultRepaired.name(), at__gte=since, at__lt=until)
    began = Coalesce(Subquery(before.values("at")[:1]), "fault__opened_at")
    rows = repairs.annotate(began=began).order_by("at", "id").values_list("fault__code", "at", "began")
    return [(code, (at - start) / timedelta(hours=1)) for code, at, start in rows]


def hours_to_repair(fault: Fault) -> float | None:
    """Hours from the first sign, or from the last relapse, to the repair; None as long as there is none."""
    if fault.repaired_at is None:
        return None
    return (fault.repaired_at - (fault.reopened_at or fault.opened_at)) / timedelta(hours=1)


def awaiting_evidence() -> QuerySet[Fault]:
    """Faults that were repaired, or whose device says that it is well again: by age.

    Each table is asked by itself: one join over lamps and states took PostgreSQL more than 15 s right after an
    import, before its statistics.
    """
    rows = Fault.objects.exclude(state__in=CLOSED).filter(trouble__in=TOLD_BY_DEVICES)
    rows = rows.prefetch_related("device__state__via", "district")
    return rows.filter(Q(state=State.REPAIRED) | Q(closure_proposed_at__isnull=False)).order_by("pk")


def heard_since(fault: Fault) -> bool:
    """Has its device spoken since it was repaired or said to be well? A cabinet speaks by its lamps."""
    if fault.device is None or fault.device.kind == Kind.CABINET:
        return fault.device is not None
    since, state = fault.repaired_at or fault.closure_proposed_at, getattr(fault.device, "state", None)
    return bool(since and state and state.observed_at and state.observed_at > since)


def says_so(fault: Fault) -> bool:
    """Does its device say right now that it is so? One that was taken down says nothing."""
    told = DeviceFinding.objects.filter(code__in=findings_of(fault.trouble), closed_at=None)
    return told.filter(device=fault.device_id, device__retired_at=None).exists()


def _around(rows: QuerySet[Any], lon: float, lat: float, within: float = SAME_PLACE) -> QuerySet[Any]:
    high, wide = within / DEGREE, within / DEGREE / cos(radians(lat))
    return rows.filter(lat__range=(lat - high, lat + high), lon__range=(lon - wide, lon + wide))


def _metres(thing: Fault | Device, lon: float, lat: float) -> float:
    assert thing.lat is not None  # asked for by its place
    assert thing.lon is not None
    return hypot((thing.lat - lat) * DEGREE, (thing.lon - lon) * DEGREE * cos(radians(lat)))
