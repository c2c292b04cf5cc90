"""What does a map ask for? Borders, cells of a view, and every lamp; each kept, compressed and with an ETag."""

import gzip
import json
import math
from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from civic.places.models import Boundary
from civic.places.queries import district_codes
from civic.refusals import Refusal

from .cells import FINEST, Box, box
from .lamp_list import LampList
from .lamp_snapshot import plain, zipped
from .picture import picture
from .street import Street, street

COARSEST, MOST_CELLS, MOST_KEPT = 8, 2_000, 500
_NO_DISTRICT = Refusal(
    "unknown_district", _("“district” must be the 5-digit code of a district here."), 404, "district"
)
_NO_VIEW = Refusal("bad_view", _("“bbox” is west,south,east,north in degrees, “zoom” a whole number."), 400, "bbox")
_TOO_WIDE = Refusal("view_too_wide", _("This view is too wide for its zoom. Ask for a smaller one."), 400, "bbox")


@require_safe
def lamps_view(request: HttpRequest) -> HttpResponseBase:
    """`/live/snapshot?district=` -> every lamp of the district, with the cursor from which to go on."""
    found = _street(request)
    if found is None:
        return _refused(_NO_DISTRICT)
    return _answer(request, found.etag, lambda: plain(found), lambda: zipped(found))


@require_safe
def clusters_view(request: HttpRequest) -> HttpResponseBase:
    """`?district=&bbox=w,s,e,n&zoom=` -> `{"version", "cells": [[lon, lat, first, places, lamps]]}` of the view.

    Lamps `first` to `first + places - 1` of the snapshot with the same version lie in the cell.
    """
    found = _street(request)
    if found is None:
        return _refused(_NO_DISTRICT)
    view = _view(request.GET.get("bbox", ""), request.GET.get("zoom", ""))
    if view is None or view.size > MOST_CELLS:
        return _refused(_NO_VIEW if view is None else _TOO_WIDE)
    body = _cells(found.lamps, view)
    name = "-".join(map(str, (found.lamps.version, *vars(view).values())))
    return _answer(request, f'"{name}"', lambda: body, lambda: gzip.compress(body, 6, mtime=0))


@require_safe
def boundaries_view(request: HttpRequest) -> HttpResponseBase:
    """`?district=` -> the dongs as GeoJSON (RFC 7946), their names in both languages."""
    code = request.GET.get("district", "")
    try:
        body = _borders(code)
    except LookupError:
        return _refused(_NO_DISTRICT)
    return _answer(request, f'"{code}-{len(body)}"', lambda: body, lambda: gzip.compress(body, 6, mtime=0))


@require_safe
def picture_view(request: HttpRequest) -> HttpResponseBase:
    """`?district=` -> the same map as a picture, for browsers without scripts."""
    found = _street(request)
    if found is None:
        return _refused(_NO_DISTRICT)
    body = found.kept.get("picture") or found.kept.setdefault("picture", picture(found).encode())
    answer = _answer(request, found.etag, lambda: body, lambda: gzip.compress(body, 6, mtime=0))
    answer["Content-Type"] = "image/svg+xml"
    return answer


def _street(request: HttpRequest) -> Street | None:
    code = request.GET.get("district", "")
    return street(code) if code in district_codes() else None


def _view(bbox: str, zoom: str) -> Box | None:
    """The cells that were asked for; None where that is no view."""
    try:
        west, south, east, north = (float(edge) for edge in bbox.split(","))
        level = int(zoom)
    except ValueError:
        return None
    edges = (west, south, east, north)
    if not all(map(math.isfinite, edges)) or not (west < east and south < north and COARSEST <= level <= FINEST):
        return None
    if not all(-180 <= lon <= 180 and -85 <= lat <= 85 for lon, lat in ((west, south), (east, north))):
        return None
    return box(west, south, east, north, level)


def _cells(lamps: LampList, view: Box) -> bytes:
    """Kept beside the list it was cut from, so that a view that many look at is cut once."""
    if view not in lamps.kept:
        cells = [
            [round(lon, 6), round(lat, 6), cell.first, cell.number, number]
            for cell, lon, lat, number in lamps.cells(view)
        ]
        if len(lamps.kept) >= MOST_KEPT:
            lamps.kept.clear()
        body = json.dumps({"version": lamps.version, "cells": cells}, separators=(",", ":"))
        lamps.kept[view] = body.encode()
    return lamps.kept[view]


@lru_cache(maxsize=8)  # borders come with a deployment
def _borders(district: str) -> bytes:
    """Raises LookupError where there are none, and keeps nothing then: they may be loaded any moment."""
    if district not in district_codes():
        raise LookupError(district)
    rows = Boundary.objects.filter(dong__district=district).select_related("dong").order_by("dong")
    features = [
        {
            "type": "Feature",
            "properties": {
                "code": row.dong_id,
                "ko": row.dong.name_ko,
                "en": row.dong.name_en,
                "at": [row.dong.lon, row.dong.lat],
            },
            "geometry": row.geometry,
        }
        for row in rows
    ]
    if not features:
        raise LookupError(district)
    written = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    return written.encode()


def _answer(
    request: HttpRequest, etag: str, whole: Callable[[], bytes], compressed: Callable[[], bytes]
) -> HttpResponseBase:
    """Compressed where the browser takes it; 304 where it has it. Nothing in it is anybody's secret."""
    zips = "gzip" in request.headers.get("Accept-Encoding", "")
    if zips:
        etag = f'{etag[:-1]}-gz"'
    same = get_conditional_response(request, etag=etag)
    if same is not None:
        answer: HttpResponseBase = same
    else:
        answer = HttpResponse(compressed() if zips else whole(), content_type="application/json")
        if zips:
            answer["Content-Encoding"] = "gzip"
    answer["ETag"] = etag
    answer["Cache-Control"] = "no-cache"  # kept by the browser, and asked about each time
    patch_vary_headers(answer, ["Accept-Encoding"])
    return answer


def _refused(refusal: Refusal) -> HttpResponse:
    body = {"code": refusal.code, "text": str(refusal.text), "field": refusal.field}
    answer = JsonResponse(body, status=refusal.status, json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "no-store"
    return answer
