"""Which way can a proposal go? One dict; nothing else changes a state."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    OPEN = "open", _("Collecting support")
    EXPIRED = "expired", _("Period ended")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DEPT_REVIEW = "dept_review", _("Department review")
    ADOPTED = "adopted", _("Adopted")
    DECLINED = "declined", _("Not adopted")
    PILOT = "pilot", _("Pilot")
    EVALUATION = "evaluation", _("Evaluation")
    SCALED = "scaled", _("Expanded into policy")
    RETRY = "retry", _("Improve and retry")
    STOPPED = "stopped", _("Pilot stopped")


MOVES: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.DEPT_REVIEW, State.EXPIRED, State.WITHDRAWN}),
    State.DEPT_REVIEW: frozenset({State.ADOPTED, State.DECLINED, State.WITHDRAWN}),
    State.EXPIRED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.ADOPTED: frozenset({State.PILOT}),
    State.DECLINED: frozenset(),
    State.PILOT: frozenset({State.EVALUATION, State.ADOPTED}),
    State.EVALUATION: frozenset({State.PILOT, State.SCALED, State.RETRY, State.STOPPED}),
    State.SCALED: frozenset(),
    State.RETRY: frozenset({State.PILOT}),
    State.STOPPED: frozenset({State.ADOPTED}),
}
UNANSWERED = frozenset({State.OPEN, State.EXPIRED, State.WITHDRAWN, State.DEPT_REVIEW})
ANSWERED = frozenset(State) - UNANSWERED
TRIED = ANSWERED - {State.ADOPTED, State.DECLINED}  # follows its pilot
