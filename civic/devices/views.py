"""How do readings come in over HTTP? One request, one transaction; 202 only after its commit."""

from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from civic.clocks.now import database_now
from civic.ledger.receipts import fingerprint
from civic.limits.actions import count_act
from civic.refusals import Refused

from .actions.keeping import take_once
from .actions.readings import Numbered, Taken, take_readings
from .models import Clock, DeviceToken
from .queries import sender_for
from .reading import Misshapen, bodies, reading

MOST_READINGS = 1_000  # a request
MOST_OF_A_GATEWAY = 120_000  # readings a minute: a dusk storm of 7,443 lamps and a flush of 3,000 fit many times
MOST_OF_A_DEVICE = 600


@csrf_exempt  # no cookie is read here: the key is the proof
@require_POST
def observations(request: HttpRequest) -> JsonResponse:
    """`POST /ingest/v1/observations`: a JSON array or NDJSON -> 202 {accepted, duplicate, late, rejected}."""
    sender = _sender(request)
    if sender is None:
        answer = _problem(401, "sign_in", _("Send the key of a device or a gateway as a Bearer token."))
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    if request.headers.get("Content-Encoding", "identity") != "identity":  # a small one may unpack to a huge one
        return _problem(415, "packed", _("Send the readings uncompressed."))
    try:
        items = bodies(request.body, most=MOST_READINGS)
    except (RequestDataTooBig, OverflowError):
        most = {"readings": MOST_READINGS, "size": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}
        return _problem(413, "too_many", _("Send at most %(readings)d readings or %(size)d bytes at once.") % most)
    except (Misshapen, UnreadablePostError) as error:
        return _problem(400, "not_json", str(error))
    if wait := _seconds_to_wait(sender, len(items), database_now()):
        answer = _problem(429, "too_fast", _("Too many readings. Send the rest in %(s)d seconds.") % {"s": wait})
        answer["Retry-After"] = str(wait)
        return answer
    return _answered(request, sender, items)


def _answered(request: HttpRequest, sender: DeviceToken, items: list[object]) -> JsonResponse:
    key, at = request.headers.get("Idempotency-Key", ""), database_now()
    try:
        if not key:
            return JsonResponse(_taken(sender, items, at), status=202)
        take, print_ = partial(_taken, sender, items, at), fingerprint(request.body)
        return JsonResponse(take_once(by=sender, key=key, fingerprint=print_, take=take, at=at), status=202)
    except Refused as refused:
        refusal = refused.refusal
        return _problem(refusal.status, refusal.code, str(refusal.text))


def _sender(request: HttpRequest) -> DeviceToken | None:
    scheme, _space, raw = request.headers.get("Authorization", "").partition(" ")
    sender = sender_for(raw.strip()) if scheme.lower() == "bearer" and raw.strip() else None
    if sender and sender.gateway and sender.gateway.clock == Clock.SIMULATED and not settings.DEMO:
        return None  # a clock that is made up has no place beside real lamps
    return sender


def _taken(sender: DeviceToken, items: list[object], at: datetime) -> dict[str, Any]:
    own_tag = sender.device.tag if sender.device else ""
    misshapen = Taken()
    readings: list[Numbered] = []
    for index, item in enumerate(items):
        try:
            readings.append((index, reading(item, own_tag=own_tag)))
        except Misshapen as error:
            misshapen.reject(index, str(error))
    taken = take_readings(by=sender, readings=readings, at=at)
    rejected = sorted([*misshapen.rejected, *taken.rejected], key=lambda row: row["index"])
    return vars(taken) | {"rejected": rejected}


def _seconds_to_wait(sender: DeviceToken, number: int, at: datetime) -> int:
    """Zero while the sender keeps to its minute; otherwise the rest of the minute."""
    most = MOST_OF_A_DEVICE if sender.device_id else MOST_OF_A_GATEWAY
    sent, left = count_act(who=f"key:{sender.pk}", what="readings", seconds=60, number=number, at=at)
    return left if sent > most else 0


def _problem(status: int, code: str, text: str) -> JsonResponse:
    return JsonResponse({"code": code, "text": text}, status=status)
