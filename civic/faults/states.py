"""Which way can a fault go? One dict; nothing else changes a state."""

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """The states officials see. Residents read four of them: `FOR_RESIDENTS`."""

    SUSPECTED = "suspected", pgettext_lazy("fault", "Reported once")
    CONFIRMED = "confirmed", pgettext_lazy("fault", "Confirmed")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("fault", "Taken on")
    SCHEDULED = "scheduled", pgettext_lazy("fault", "Visit planned")
    IN_PROGRESS = "in_progress", pgettext_lazy("fault", "Being repaired")
    REPAIRED = "repaired", pgettext_lazy("fault", "Repaired, being watched")
    RESOLVED = "resolved", pgettext_lazy("fault", "Resolved")
    REJECTED = "rejected", pgettext_lazy("fault", "Not taken on")


CLOSED = (State.RESOLVED, State.REJECTED)
OPEN = tuple(state for state in State if state not in CLOSED)
NEW = (State.SUSPECTED, State.CONFIRMED)
AT_WORK = (State.ACKNOWLEDGED, State.SCHEDULED, State.IN_PROGRESS)

RECEIVED = pgettext_lazy("fault", "Received")
ASSIGNED = pgettext_lazy("fault", "Assigned")
UNDER_WAY = pgettext_lazy("fault", "Under way")
DONE = pgettext_lazy("fault", "Done")
FOR_RESIDENTS = {
    State.SUSPECTED: RECEIVED,
    State.CONFIRMED: RECEIVED,
    State.ACKNOWLEDGED: ASSIGNED,
    State.SCHEDULED: ASSIGNED,
    State.IN_PROGRESS: UNDER_WAY,
    State.REPAIRED: DONE,
    State.RESOLVED: DONE,
    State.REJECTED: State.REJECTED.label,
}

_ONWARD = frozenset({State.SCHEDULED, State.IN_PROGRESS, State.REPAIRED, State.RESOLVED, State.REJECTED})
MOVES: dict[State, frozenset[State]] = {
    State.SUSPECTED: frozenset({State.CONFIRMED, State.ACKNOWLEDGED, State.RESOLVED, State.REJECTED}),
    State.CONFIRMED: frozenset({State.ACKNOWLEDGED, State.RESOLVED, State.REJECTED}),
    State.ACKNOWLEDGED: _ONWARD,
    State.SCHEDULED: _ONWARD,
    State.IN_PROGRESS: _ONWARD - {State.IN_PROGRESS},
    State.REPAIRED: frozenset({State.CONFIRMED, State.RESOLVED, State.REJECTED}),
    State.RESOLVED: frozenset({State.CONFIRMED}),
    State.REJECTED: frozenset(),
}
