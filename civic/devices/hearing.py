"""Up to when, and since when without a break, do we hear what a lamp would say, and which gateway says nothing?

Silence is a lamp's own only while its gateway speaks. After a break of the gateway, of a network or of ours each lamp
has its whole grace anew: what was kept back meanwhile comes in any order.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, Min, OuterRef, QuerySet

from .judging.lamp import Heard, grace_of
from .models import Clock, DeviceState, DeviceToken, Gateway

BREAK = timedelta(minutes=5)  # or two intervals of the lamp that reports most often: gateways bundle
A_DAY = timedelta(hours=26)  # lamps that only switch do so twice a day


def heard_through(state: DeviceState, awake_since: datetime | None) -> Heard:
    """Of a device that speaks for itself: since this installation listens. A simulated now moves with the gateway."""
    gateway = state.via
    if gateway is None:
        return Heard(since=awake_since)
    if gateway.clock == Clock.SIMULATED:
        return Heard()
    newest = gateway.heard_at or state.observed_at
    return Heard(gateway.steady_since, newest)


def break_of(gateway: Gateway) -> timedelta:
    """A pause this long of a gateway is a break."""
    shortest = _shortest([gateway.pk]).get(gateway.pk)
    return max(BREAK, 2 * shortest) if shortest else A_DAY


def speaking_gateways() -> QuerySet[Gateway]:
    """Those with a key that ever brought something. One that plays a night is none: it stops when the play does."""
    keys = DeviceToken.objects.filter(gateway=OuterRef("pk"), revoked_at=None)
    rows = Gateway.objects.filter(Exists(keys), clock=Clock.REAL, heard_at__isnull=False)
    return rows.select_related("district").order_by("district")


def silent_gateways(at: datetime) -> list[Gateway]:
    """Those that bring nothing for longer than a lamp of theirs may be silent: two queries, one where all speak."""
    quiet = list(speaking_gateways().filter(heard_at__lt=at - grace_of(timedelta(0))))
    if not quiet:
        return []
    shortest = _shortest([gateway.pk for gateway in quiet])
    return [gateway for gateway in quiet if _is_silent(gateway, shortest.get(gateway.pk), at)]


def silent_since(state: DeviceState, seconds: int | None, at: datetime) -> datetime | None:
    """Since when the gateway of a device with this interval brings nothing at all; None while it does."""
    gateway, every = state.via, timedelta(seconds=seconds) if seconds else None
    silent = gateway and gateway.clock == Clock.REAL and gateway.heard_at and _is_silent(gateway, every, at)
    return gateway.heard_at if gateway and silent else None


def _is_silent(gateway: Gateway, shortest: timedelta | None, at: datetime) -> bool:
    return gateway.heard_at is not None and at - gateway.heard_at > (grace_of(shortest) if shortest else A_DAY)


def _shortest(gateways: Iterable[int]) -> dict[int, timedelta]:
    """{gateway: the shortest interval of a lamp that it speaks for}; without those that owe no reports."""
    rows = DeviceState.objects.filter(via__in=gateways, device__report_interval__isnull=False)
    told = rows.values_list("via").annotate(least=Min("device__report_interval"))
    return {pk: timedelta(seconds=least) for pk, least in told if pk is not None}
