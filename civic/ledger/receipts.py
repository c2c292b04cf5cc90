"""Was this very write answered before? An Idempotency-Key gets its first answer again."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civic.refusals import Refusal, Refused

from .models import Receipt

Answer = tuple[int, Any]
MISMATCH = Refusal("idempotency_mismatch", _("This Idempotency-Key was used for another request."), 422)
LONGEST = 120  # characters; cut, two keys could become one
TOO_LONG = Refusal("idempotency_key_length", _("An Idempotency-Key has at most 120 characters."), 422)


def fingerprint(*parts: str | bytes) -> str:
    """SHA-256 of method, path and body: two requests with one key must be the same request."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() if isinstance(part, str) else part)
        digest.update(b"\0")
    return digest.hexdigest()


def answer_once(
    *, person: Any, key: str, print_: str, at: datetime, write: Callable[[], Answer]
) -> tuple[Answer, bool]:
    """Run `write` and keep its answer, or give the kept one; the flag says whether it was kept from before.

    The receipt and the write share one transaction: after a crash either both are there or neither.
    """
    if len(key) > LONGEST:
        raise Refused(TOO_LONG)
    with transaction.atomic():
        Receipt.objects.bulk_create([Receipt(person=person, key=key, fingerprint=print_, at=at)], ignore_conflicts=True)
        receipt = Receipt.objects.select_for_update().get(person=person, key=key)
        if receipt.fingerprint != print_:
            raise Refused(MISMATCH)
        if receipt.status is not None:
            return (receipt.status, receipt.body), True
        status, body = write()
        receipt.status, receipt.body = status, json.loads(json.dumps(body, default=str))
        receipt.save(update_fields=["status", "body"])
        return (status, body), False


def drop_receipts(*, prefix: str) -> int:
    """Drop the receipts whose keys begin so, where what they answered must not be known any more; returns how many."""
    return Receipt.objects.filter(key__startswith=prefix).delete()[0]
