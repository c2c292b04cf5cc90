"""Which way can a round go? One dict; nothing else changes a state."""

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("state of a vote", "Upcoming")
    OPEN = "open", pgettext_lazy("state of a vote", "Voting open")
    CLOSED = "closed", pgettext_lazy("state of a vote", "Voting closed")
    COUNTED = "counted", pgettext_lazy("state of a vote", "Counted")
    PUBLISHED = "published", pgettext_lazy("state of a vote", "Result published")


MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.OPEN}),
    State.OPEN: frozenset({State.CLOSED}),
    State.CLOSED: frozenset({State.COUNTED}),
    State.COUNTED: frozenset({State.PUBLISHED}),
    State.PUBLISHED: frozenset(),
}
