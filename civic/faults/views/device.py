"""A device as a page: what it is, how it is now, what it said, what was wrong with it."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from civic.chain.queries import index_line_for
from civic.chain.way import way_of
from civic.clocks.now import database_now
from civic.devices.models import Device
from civic.devices.queries import findings_of, readings_of, whole_device
from civic.faults import listing
from civic.faults.clock import time_at
from civic.faults.device_shown import finding_row, reading_row, shown
from civic.faults.models import Fault
from civic.faults.shown import Row
from civic.faults.shown import row as fault_row
from civic.faults.surroundings import around
from civic.feed.pages import goes_on_live

FINDINGS, READINGS, FAULTS = 10, 12, 10  # rows of history


@require_safe
@goes_on_live
def device_page(request: HttpRequest, tag: str) -> HttpResponse:
    """One device in service or taken down; another tag leads on to the search by plate."""
    device = whole_device(tag)
    if device is None:
        return unknown_device(request, tag)
    return render(request, "devices/device.html", _context(device))


def unknown_device(request: HttpRequest, tag: str) -> HttpResponse:
    """No such plate: what may be wrong, and where to go on."""
    context = {"asked": tag[:60], "line": index_line_for(lit="live"), "footer_ground": "night"}
    return render(request, "devices/unknown.html", context, status=404)


def _context(device: Device) -> dict[str, Any]:
    at = database_now()
    view = shown(device, at=at, now=time_at(device, at))
    way = way_of(device.key, [{"place": "live", "status": "lit", "path": ""}])
    return {
        "view": view,
        "listed": getattr(device, "streetlight", None),
        "around": around(device),
        "findings": [finding_row(row, now=view.now) for row in findings_of(device, FINDINGS)],
        "readings": [reading_row(row, now=view.now) for row in readings_of(device, READINGS)],
        "faults": _faults(device, at),
        "way": way,
        "line": way.line,
        "district": device.district,
        "footer_ground": "night",
    }


def _faults(device: Device, at: datetime) -> list[Row]:
    """Its own faults and those of a cabinet that it went dark with, the newest first."""
    whose = Q(device=device) | Q(affected_rows__device=device)
    rows = listing.rows().filter(whose).distinct().order_by("-opened_at", "-pk")
    found: list[Fault] = list(rows[:FAULTS])
    dark, played = listing.dark_with(found), listing.played_clocks()
    return [fault_row(fault, at=at, played=played, dark=dark.get(fault.pk, 0)) for fault in found]
