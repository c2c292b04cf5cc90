"""What time is it where a fault is, and when is what due there?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from civic.clocks.working_time import after_working_hours
from civic.devices.models import Clock, Device, Kind
from civic.devices.queries import device_now
from civic.policies.queries import closed_days, promise_at

from .models import Category
from .trouble import URGENT, URGENT_HOURS


@dataclass(frozen=True)
class Due:
    """The first answer, and the repair, counted from the first sign."""

    answer: datetime
    repair: datetime


def time_at(device: Device | None, at: datetime) -> datetime:
    """The clock that the device lives under; a cabinet lives under that of its lamps."""
    if device is None:
        return at
    if device.kind == Kind.CABINET:
        child = device.children.filter(state__via__clock=Clock.SIMULATED).first()
        return device_now(child, at) if child else at
    return device_now(device, at)


def due(district: str, category: str, at: datetime) -> Due:
    """By what the district promises at that moment: working hours for the answer, hours of the clock for the repair."""
    promise = promise_at(district, at)
    hours = promise.fault_repair_hours
    if category in URGENT:
        hours = min(hours, URGENT_HOURS)
    answer = after_working_hours(at, promise.fault_answer_hours, closed_days(district, at))
    repair = at + timedelta(hours=hours)
    return Due(min(answer, repair) if Category(category) in URGENT else answer, repair)
