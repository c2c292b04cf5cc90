"""What becomes of a device's state when a sender of another clock speaks for it? It begins anew.

Only a demonstration has two clocks for one lamp: a night is played on it, and a visitor's gateway speaks for it too.
"""

from collections.abc import Collection
from itertools import chain

from django.db.models import F, Value
from django.db.models.functions import Concat, Trim

from civic.devices.models import NEVER, PAST, STANDING, Clock, DeviceState, DeviceToken, Gateway, Observation


def begin_anew(*, by: DeviceToken, states: Collection[DeviceState]) -> set[int]:
    """Empty the states, locked, that came by another clock than the sender's; returns whose they are.

    A time of one clock is neither before nor after a time of another. What was said is history from now on. What is
    found wrong stays so until the device says otherwise: no data closes nothing.
    """
    begun = _of_another_clock(by, states)
    for state in begun:
        state.observed_at = state.switched_at = state.look_at = None
        state.power_state = state.heard_power = ""
        state.metrics, state.judged = {}, {"open": state.judged.get("open", [])}
        state.heard_at = NEVER
    ids = {state.pk for state in begun}
    if ids:
        fields = ["judged", "heard_at", "heard_power", "look_at"]  # the others are kept with the readings
        DeviceState.objects.bulk_update(begun, fields, batch_size=400)
        said = Observation.objects.filter(STANDING, device__in=ids)
        said.update(flags=Trim(Concat(F("flags"), Value(f" {PAST}"))))
    return ids


def _of_another_clock(by: DeviceToken, states: Collection[DeviceState]) -> list[DeviceState]:
    """No query where the one that spoke last for each speaks again."""
    own = by.gateway.clock if by.gateway else Clock.REAL
    heard = [state for state in states if state.observed_at and state.via_id != by.gateway_id]
    others = {state.via_id for state in heard if state.via_id}
    told = Gateway.objects.filter(pk__in=others).values_list("pk", "clock") if others else ()
    clocks: dict[int | None, str] = dict(chain([(None, Clock.REAL)], told))
    return [state for state in heard if clocks[state.via_id] != own]
