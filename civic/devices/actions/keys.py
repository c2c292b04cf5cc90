"""How does a device or a gateway come to its key? It is shown once and kept as a digest."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from civic.devices.facts import DeviceTokenIssued, DeviceTokenRevoked
from civic.devices.models import Clock, Device, DeviceToken, Gateway
from civic.devices.rules.keys import why_not_give_key, why_not_revoke_key
from civic.ledger.record import record
from civic.people.bearer import digest
from civic.people.models import Person
from civic.places.models import District
from civic.refusals import insist


@transaction.atomic
def issue_device_token(
    *, device: Device | None = None, district: District | None = None, clock: str = Clock.REAL, at: datetime
) -> str:
    """Make a key for one device, or for the gateway of a district with this clock, and return it, this once."""
    assert (device is None) != (district is None), "a key is either a device's or a gateway's"
    gateway = None
    if device is not None:
        device = Device.objects.select_for_update().get(pk=device.pk)
    else:
        gateway, _made = Gateway.objects.get_or_create(district=district, clock=clock)
    insist(why_not_give_key(device))
    raw = secrets.token_urlsafe(32)
    token = DeviceToken.objects.create(digest=digest(raw), device=device, gateway=gateway, created_at=at)
    fact = DeviceTokenIssued(key=f"device-token:{token.pk}", district=token.district, holder=token.holder)
    record(fact, state={}, concerns={}, at=at)
    return raw


@transaction.atomic
def revoke_device_token(*, by: Person | None, token: DeviceToken, at: datetime) -> None:
    """Stop a key of a device or a gateway from working, at once and for good."""
    token = DeviceToken.objects.select_for_update().get(pk=token.pk)
    insist(why_not_revoke_key(by, token))
    DeviceToken.objects.filter(pk=token.pk).update(revoked_at=at)
    fact = DeviceTokenRevoked(key=f"device-token:{token.pk}", district=token.district, holder=token.holder)
    concerns: dict[Model, dict[str, str]] = {by: {"as": "official"}} if by else {}
    record(fact, state={}, concerns=concerns, at=at)
