"""How does a state or a role look? Shape, word and colour, in that order."""

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic.pilots.states import Stage

from .marks import icon

# state -> (tone in badge.css, icon, word)
STATES: dict[str, tuple[str, str, str | Promise]] = {
    "open": ("open", "part", _("Collecting support")),
    "expired": ("neutral", "bar", _("Period ended")),
    "withdrawn": ("neutral", "bar", _("Withdrawn")),
    "dept_review": ("review", "clock", _("Department review")),
    "late": ("late", "triangle", _("Answer late")),
    "adopted": ("good", "tick", _("Adopted")),
    "declined": ("neutral", "bar", _("Not adopted")),
    "vote": ("vote", "diamond", _("Vote")),
    "vote_draft": ("neutral", "clock", _("Upcoming vote")),
    "vote_open": ("vote", "diamond", _("Voting open")),
    "vote_closed": ("review", "clock", _("Being counted")),
    "vote_counted": ("review", "clock", _("Being counted")),
    "vote_published": ("good", "tick", _("Result published")),
    "chosen": ("good", "tick", pgettext_lazy("in a vote", "Chosen")),
    "not_chosen": ("neutral", "bar", pgettext_lazy("in a vote", "Not chosen")),
    "pilot": ("pilot", "hexagon", _("Pilot")),
    "evaluation": ("pilot", "clock", _("Evaluation")),
    "scaled": ("good", "tick", _("Expanded into policy")),
    "retry": ("pilot", "hexagon", _("Improve and retry")),
    "stopped": ("neutral", "bar", _("Pilot stopped")),
    "fault": ("late", "triangle", _("Fault")),
}

# stage of a pilot -> (tone, icon)
STAGES: dict[str, tuple[str, str]] = {
    "planned": ("neutral", "ring"),
    "running": ("pilot", "hexagon"),
    "judging": ("pilot", "clock"),
    "expanded": ("good", "tick"),
    "improving": ("review", "part"),
    "continued": ("pilot", "hexagon"),
    "stopped": ("neutral", "bar"),
}

# role -> (tone, icon)
ROLES: dict[str, tuple[str, str]] = {
    "resident": ("resident", "ring"),
    "official": ("official", "square"),
    "expert": ("expert", "lozenge"),
    "moderator": ("moderator", "open_triangle"),
}


def state_badge(state: str, text: str = "") -> SafeString:
    """The badge of a state; `text` replaces its usual word."""
    tone, shape, word = STATES[state]
    return format_html('<span class="badge badge-{}">{}{}</span>', tone, icon(shape), text or word)


def stage_badge(stage: str) -> SafeString:
    """The badge of a pilot's stage, in the word that residents read."""
    tone, shape = STAGES[stage]
    return format_html('<span class="badge badge-{}">{}{}</span>', tone, icon(shape), Stage(stage).label)


def role_badge(code: str, text: str) -> SafeString:
    """The badge of a role with its words, such as a department; unknown roles look like residents."""
    tone, shape = ROLES.get(code, ROLES["resident"])
    return format_html('<span class="role role-{}">{}{}</span>', tone, icon(shape), text)
