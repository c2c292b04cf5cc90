"""The number on a pole: the page behind its QR code with the report, and the search for whoever types it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from civic.chain.queries import index_line_for
from civic.clocks.now import database_now
from civic.devices.models import Device
from civic.devices.queries import devices_called, whole_device
from civic.faults import actions, listing, queries, shown
from civic.faults.browser import key_of, known_keys, person_of, remember
from civic.faults.clock import time_at
from civic.faults.device_shown import place_of
from civic.faults.device_shown import shown as device_shown
from civic.faults.forms import ReportForm, TellingForm, add_refusal
from civic.faults.language import in_own_language
from civic.faults.limits import address_of, why_not_now
from civic.faults.models import Fault
from civic.faults.networks import network_of
from civic.faults.states import State
from civic.faults.surroundings import around
from civic.feed.pages import goes_on_live
from civic.photos.actions import draw_upload
from civic.policies.queries import promise_at
from civic.refusals import Refused, insist
from civic.texts import clean_line

from .device import unknown_device

LONGEST = 60  # characters of a number


@require_safe
@in_own_language
def plate_search(request: HttpRequest) -> HttpResponse:
    """Find a lamp by the number on its plate; one that fits leads straight to its page."""
    asked = clean_line(request.GET.get("plate", ""))[:LONGEST]
    found = devices_called(asked)
    if len(found) == 1:
        return redirect("plate", found[0].tag)
    context = {
        "asked": asked,
        "found": [(device, place_of(device)) for device in found],
        "line": index_line_for(lit="live"),
        "footer_ground": "night",
    }
    return render(request, "devices/unknown.html", context, status=404 if asked and not found else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@in_own_language
@never_cache
@goes_on_live
def plate(request: HttpRequest, tag: str) -> HttpResponse:
    """The lamp, what is known to be wrong with it, and a report in two taps; nobody has to say who they are."""
    device = whole_device(tag)
    if device is None:
        return unknown_device(request, tag)
    if request.method != "POST":
        return _page(request, device, ReportForm())
    form = ReportForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return _reported(request, device, form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused.refusal)
            return _page(request, device, form, refused.refusal.status)
    return _page(request, device, form, 422)


@in_own_language
@never_cache
def plate_again(request: HttpRequest, tag: str) -> HttpResponse:
    """The report as it was sent, with a fresh token. A photo has to be chosen once more: no page can keep a file."""
    device = whole_device(tag)
    if device is None:
        return unknown_device(request, tag)
    form = ReportForm(request.POST)
    form.add_error(None, _("This page had been open for long. Your words are here: send them once more."))
    return _page(request, device, form, 403)


def _reported(request: HttpRequest, device: Device, said: dict[str, Any]) -> HttpResponse:
    insist(why_not_now(request, person_of(request)))
    _fault, key = actions.report_fault(
        by=person_of(request),
        device=device,
        category=said["category"],
        text=said["text"],
        photo=draw_upload(said["photo"]) if said["photo"] else None,  # before rows are held
        email=said["email"],
        known=known_keys(request),
        network=network_of(address_of(request)),
        key=said["key"],
        at=database_now(),
    )
    response = redirect("fault-mine", key)
    remember(request, response, key)
    return response


def _page(request: HttpRequest, device: Device, form: ReportForm, status: int = 200) -> HttpResponse:
    at = database_now()
    view = device_shown(device, at=at, now=time_at(device, at))
    known = _known(request, device, at)
    context = {
        "view": view,
        "around": around(device),
        "form": form,
        "faults": known,
        "at_hand": [one for one in known if one["own"] or one["row"].state != State.REPAIRED],
        "promise": promise_at(device.district_id, at),
        "join_key": TellingForm()["key"].value(),
        "line": index_line_for(lit="live", district=device.district_id),
        "district": device.district,
        "footer_ground": "night",
    }
    return render(request, "faults/plate.html", context, status=status)


def _known(request: HttpRequest, device: Device, at: Any) -> list[dict[str, Any]]:
    """What is out of order here already, or at its cabinet, with the key of one's own report where one has sent it."""
    faults = queries.open_faults_of(device)
    dark, played = listing.dark_with(faults), listing.played_clocks() if faults else {}
    return [
        {
            "row": shown.row(fault, at=at, played=played, dark=dark.get(fault.pk, 0)),
            "mine": _mine(request, fault),
            "own": fault.device_id == device.pk,
        }
        for fault in faults
    ]


def _mine(request: HttpRequest, fault: Fault) -> str:
    keys = known_keys(request)
    report = queries.report_of(fault, None, keys) if keys else None
    return key_of(report, keys) if report else ""
