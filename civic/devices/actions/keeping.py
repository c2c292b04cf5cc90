"""How long are raw readings kept, and how is a batch that is sent again answered as it was the first time?"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from civic.devices.models import PAST, STANDING, Clock, DeviceReceipt, DeviceToken, Gateway, Observation
from civic.ledger.receipts import LONGEST, MISMATCH, TOO_LONG
from civic.refusals import insist

KEPT = timedelta(days=30)  # raw readings; what was found in them stays for ever
KEPT_OF_A_PLAY = timedelta(days=3)  # of a simulated clock, which runs through a month in an afternoon
RECEIPTS_KEPT = timedelta(days=1)
_AT_ONCE = 5_000  # rows a statement; a longer one would hold up writers on SQLite
_MOST = 50_000  # rows a call


def forget_readings(*, at: datetime) -> int:
    """Drop raw readings whose time of keeping is over, by the clock of whoever brought them; returns how many.

    Those of a device's other clock, which only a play leaves behind, go by their receipt.
    """
    plays = list(Gateway.objects.filter(clock=Clock.SIMULATED, clock_at__isnull=False))
    real = ~Q(device__state__via__in=[gateway.pk for gateway in plays]) | Q(device__state__via=None)
    over = Q(t__lt=at - KEPT) | Q(flags__contains="clock", received_at__lt=at - KEPT)
    old = [Observation.objects.filter(STANDING, real, over)]
    if plays:
        old.append(Observation.objects.filter(flags__contains=PAST, received_at__lt=at - KEPT_OF_A_PLAY))
    for gateway in plays:
        assert gateway.clock_at
        cutoff = gateway.clock_at - KEPT_OF_A_PLAY
        old.append(Observation.objects.filter(STANDING, device__state__via=gateway, t__lt=cutoff))
    return sum(map(_drop, old)) + DeviceReceipt.objects.filter(at__lt=at - RECEIPTS_KEPT).delete()[0]


def _drop(rows: QuerySet[Observation]) -> int:
    dropped = 0
    while dropped < _MOST:
        ids = list(rows.values_list("pk", flat=True)[:_AT_ONCE])
        dropped += Observation.objects.filter(pk__in=ids).delete()[0]
        if len(ids) < _AT_ONCE:
            break
    return dropped


def take_once(
    *, by: DeviceToken, key: str, fingerprint: str, take: Callable[[], dict[str, Any]], at: datetime
) -> dict[str, Any]:
    """Take readings under an Idempotency-Key, or give the answer that they got before, in one transaction.

    Without it they would not be stored twice either; a sender that heard no answer gets the counts of the first time.
    """
    insist(TOO_LONG if len(key) > LONGEST else None)
    with transaction.atomic():
        row = DeviceReceipt(token=by, key=key, fingerprint=fingerprint, at=at)
        DeviceReceipt.objects.bulk_create([row], ignore_conflicts=True)
        receipt = DeviceReceipt.objects.select_for_update().get(token=by, key=key)
        insist(MISMATCH if receipt.fingerprint != fingerprint else None)
        if receipt.answer is None:
            receipt.answer = json.loads(json.dumps(take()))
            receipt.save(update_fields=["answer"])
        answer: dict[str, Any] = receipt.answer
        return answer
