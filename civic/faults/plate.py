"""The number on a pole: the page behind its QR code, and the search for whoever types it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from civic.chain.queries import index_line_for
from civic.devices.queries import devices_called
from civic.texts import clean_line

from .device_shown import place_of
from .language import in_own_language

LONGEST = 60  # characters of a number


@require_safe
@in_own_language
def plate_search(request: HttpRequest) -> HttpResponse:
    """Find a lamp by the number on its plate; one that fits leads straight to its page."""
    asked = clean_line(request.GET.get("plate", ""))[:LONGEST]
    found = devices_called(asked)
    if len(found) == 1:
        return redirect("device", found[0].tag)
    context = {
        "asked": asked,
        "found": [(device, place_of(device)) for device in found],
        "line": index_line_for(lit="live"),
        "footer_ground": "night",
    }
    return render(request, "devices/unknown.html", context, status=404 if asked and not found else 200)
