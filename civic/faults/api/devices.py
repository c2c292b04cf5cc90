"""Devices for programs: what the page of a device says, as JSON."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema

from civic.clocks.now import database_now
from civic.devices.models import Device
from civic.devices.queries import whole_device
from civic.faults.clock import time_at
from civic.faults.device_shown import Shown, shown
from civic.faults.surroundings import open_codes
from civic.ledger.api import PROBLEMS, Problem
from civic.refusals import Refusal, Refused

router = Router(tags=["devices"])
NO_DEVICE = Refusal("unknown_device", _("There is no device with this tag."), 404)


class DeviceOut(Schema):
    """A device. `condition` in one word, `findings` TALQ's codes that are open, times RFC 3339.

    `since` is when it was switched as `power` says, `heard_at` when it spoke last.

    `now` is the device's own time: the newest its gateway has sent, where that gateway's clock is `simulated`.
    """

    tag: str
    kind: str
    name: str
    district: str
    dong: str | None
    lat: float | None
    lon: float | None
    address: str
    count: int
    condition: str
    power: str
    since: str | None
    heard_at: str | None
    findings: list[str]
    cabinet: str | None
    retired_at: str | None
    clock: str
    now: str


@router.get("devices/{tag}", response={200: DeviceOut, PROBLEMS: Problem}, auth=None)
def read_device(request: HttpRequest, tag: str) -> Any:
    """One device by its tag, taken down or not."""
    device = whole_device(tag)
    if device is None:
        raise Refused(NO_DEVICE)
    at = database_now()
    return _out(device, shown(device, at=at, now=time_at(device, at)))


def _out(device: Device, view: Shown) -> dict[str, Any]:
    listed = getattr(device, "streetlight", None)
    return {
        "tag": device.tag,
        "kind": device.kind,
        "name": device.name,
        "district": device.district_id,
        "dong": device.dong_id,
        "lat": device.lat,
        "lon": device.lon,
        "address": (listed.road_address or listed.lot_address) if listed else "",
        "count": listed.count if listed else 1,
        "condition": view.condition,
        "power": device.state.power_state if hasattr(device, "state") else "",
        "since": view.since.isoformat() if view.since else None,
        "heard_at": view.heard_at.isoformat() if view.heard_at else None,
        "findings": sorted(open_codes(device)),
        "cabinet": device.parent.tag if device.parent else None,
        "retired_at": device.retired_at.isoformat() if device.retired_at else None,
        "clock": "simulated" if view.simulated else "real",
        "now": view.now.isoformat(),
    }
