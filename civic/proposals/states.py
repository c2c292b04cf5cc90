"""Which way can a proposal go? One dict; nothing else changes a state."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    OPEN = "open", _("Collecting support")
    EXPIRED = "expired", _("Period ended")
    DEPT_REVIEW = "dept_review", _("Department review")
    ADOPTED = "adopted", _("Adopted")
    DECLINED = "declined", _("Not adopted")


MOVES: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.DEPT_REVIEW, State.EXPIRED}),
    State.DEPT_REVIEW: frozenset({State.ADOPTED, State.DECLINED}),
    State.EXPIRED: frozenset(),
    State.ADOPTED: frozenset(),
    State.DECLINED: frozenset(),
}
