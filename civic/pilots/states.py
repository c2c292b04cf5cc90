"""Which way can a pilot go? Two dicts; nothing else changes a stage."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("pilot", "In preparation")
    RUNNING = "running", pgettext_lazy("pilot", "Running")
    JUDGING = "judging", pgettext_lazy("pilot", "Being judged")
    EXPANDED = "expanded", pgettext_lazy("pilot", "Expanded")
    IMPROVING = "improving", pgettext_lazy("pilot", "Improve and retry")
    CONTINUED = "continued", pgettext_lazy("pilot", "Continued")
    STOPPED = "stopped", pgettext_lazy("pilot", "Stopped")


class Verdict(models.TextChoices):
    """What may be decided, by the stage that follows."""

    EXPANDED = "expanded", _("Expand")
    IMPROVING = "improving", _("Improve and retry")
    CONTINUED = "continued", pgettext_lazy("pilot", "Continue")
    STOPPED = "stopped", _("Stop")


ONWARD: dict[Stage, frozenset[Stage]] = {
    Stage.PLANNED: frozenset({Stage.RUNNING}),
    Stage.RUNNING: frozenset({Stage.JUDGING}),
    Stage.JUDGING: frozenset(Stage(verdict) for verdict in Verdict.values),
    Stage.IMPROVING: frozenset({Stage.RUNNING}),
    Stage.CONTINUED: frozenset({Stage.JUDGING}),
    Stage.EXPANDED: frozenset(),
    Stage.STOPPED: frozenset(),
}
BACK: dict[Stage, Stage] = {Stage.RUNNING: Stage.PLANNED, Stage.JUDGING: Stage.RUNNING}
ENDED = frozenset({Stage.EXPANDED, Stage.STOPPED})
DECIDED = ENDED | {Stage.IMPROVING}  # the rule reads as on the day of the decision
MEASURED = frozenset(Stage) - {Stage.PLANNED, Stage.STOPPED}  # what was expanded is watched on
COUNTED = MEASURED - {Stage.JUDGING}  # what is judged stands still
