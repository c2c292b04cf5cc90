"""How do readers without a socket follow? A snapshot, a stream of events, or one page of entries at a time."""

import asyncio
import random
import re
from collections.abc import AsyncIterator
from math import inf

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from civic.refusals import Refusal, Refused

from .asking import ask
from .cursors import Cursor, from_query
from .frames import RESET, error_text
from .hub import Reader, Reset, hub
from .lines import held, why_not_open
from .map_views import lamps_view
from .snapshot import MOST_KEYS, snapshot
from .stored import read
from .viewers import STAFF_LINE, Viewer, viewer_of

BEAT = 15.0  # seconds without news after which a comment keeps proxies from closing the stream
_RETRY = (3_000, 6_000)  # milliseconds; drawn, so that after a restart not all come back in one moment
_KEY = re.compile(r"[a-z][a-z_]*:[\w.~-]{1,64}")  # a kind, and a code or a slug
_TOO_MANY = Refusal("too_many_keys", gettext_lazy("At most 200 keys at a time."), 400, "keys")
_NO_KEY = Refusal("bad_key", gettext_lazy("A key is a kind and a code, as in “proposal:P-2026-000001”."), 400, "keys")


@require_safe
def snapshot_view(request: HttpRequest) -> HttpResponseBase:
    """`?district=` -> every lamp of a district; otherwise `?keys=a,b` -> the state of these things and the counts."""
    return lamps_view(request) if "district" in request.GET else _things_view(request)


@never_cache
def _things_view(request: HttpRequest) -> HttpResponseBase:
    keys = [key for key in request.GET.get("keys", "").split(",") if key]
    if len(keys) > MOST_KEYS:
        return _refused(_TOO_MANY)
    if not all(_KEY.fullmatch(key) for key in keys):
        return _refused(_NO_KEY)
    return JsonResponse(snapshot(keys), json_dumps_params={"ensure_ascii": False})


@require_safe
@never_cache
def entries_view(request: HttpRequest) -> HttpResponseBase:
    """`?epoch=&after=` -> the next items, or 410 where the reader must load the page again."""
    try:
        cursor = from_query(request.GET.dict())
    except Refused as refused:
        return _refused(refused.refusal)
    frame = read(viewer_of(request.user, request.session), cursor)
    if frame is None:
        return _json(RESET, status=410)
    return _json(frame.text or "", status=200)


@require_GET
async def sse_view(request: HttpRequest) -> HttpResponseBase:
    """The same as a stream that stays open; needs an ASGI server."""
    if not isinstance(request, ASGIRequest):
        return _no_stream()
    try:
        cursor = from_query(request.GET.dict(), request.headers.get("Last-Event-ID"))
    except Refused as refused:
        return _refused(refused.refusal)
    viewer, address = await ask(viewer_of, await request.auser(), request.session), request.META.get("REMOTE_ADDR", "")
    if refusal := why_not_open(viewer, address):
        return _refused(refusal)
    response = StreamingHttpResponse(_events(viewer, address, cursor), content_type="text/event-stream; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


async def _events(viewer: Viewer, address: str, cursor: Cursor) -> AsyncIterator[str]:
    yield f"retry: {random.randint(*_RETRY)}\n\n"  # noqa: S311 - spreads load, guards nothing
    clock = asyncio.get_running_loop()
    ends = clock.time() + (STAFF_LINE if viewer.staff else inf)  # the browser comes back by itself
    try:
        with held(viewer, address):
            reader = await hub().follow(viewer, cursor)
            while clock.time() < ends:
                yield await _event(reader)
    except Reset:
        yield f"data: {RESET}\n\n"
    except Refused as refused:  # many began in the same moment
        yield f"data: {error_text(refused.refusal.code, str(refused.refusal.text))}\n\n"


async def _event(reader: Reader) -> str:
    frame = await reader.next(BEAT)
    if frame.text is None:
        return ": still here\n\n"
    return f"id: {reader.epoch}:{frame.cursor}\ndata: {frame.text}\n\n"


def _no_stream() -> HttpResponse:
    refusal = Refusal("no_stream", _("This server holds no streams open. Ask /live/entries instead."), 503)
    return _refused(refusal)


def _refused(refusal: Refusal) -> HttpResponse:
    body = {"code": refusal.code, "text": str(refusal.text)}
    if refusal.field:
        body["field"] = refusal.field
    response = JsonResponse(body, status=refusal.status, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    return response


def _json(text: str, *, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="application/json")
