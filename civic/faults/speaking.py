"""Does the device of a fault speak for itself? Then its word counts; where none speaks an official looks."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.dateparse import parse_datetime

from civic.devices.models import Device, Kind

from .device_shown import state_of
from .models import Fault
from .states import State
from .trouble import TOLD_BY_DEVICES

PATIENCE = timedelta(hours=72)  # without a word; a lamp that reports its switching alone speaks twice a day


def speaks(fault: Fault, now: datetime) -> bool:
    """Whether its device tells of such trouble and was heard of lately; after a repair it has three days to speak.

    `now` is the time at the device. A bare pole, a lamp taken down, a wire: nobody speaks for these.
    """
    device = fault.device
    if device is None or device.retired_at or fault.trouble not in TOLD_BY_DEVICES:
        return False
    heard = _heard(device)
    return heard is not None and now - max(heard, fault.repaired_at or heard) <= PATIENCE


def _heard(device: Device) -> datetime | None:
    """When it was heard last; a cabinet speaks through its lamps, when its judge looked at them."""
    state = state_of(device)
    if state is None:
        return None
    return state.observed_at or parse_datetime(state.judged.get("looked_at", ""))


def nobody_speaks() -> Q:
    """Repaired faults of which no device ever told or ever will: somebody has to look and close them."""
    bare = Q(device=None) | Q(device__retired_at__isnull=False) | ~Q(trouble__in=TOLD_BY_DEVICES)
    never = Q(device__kind=Kind.STREETLIGHT, device__state__observed_at=None)
    return Q(state=State.REPAIRED) & (bare | never)
