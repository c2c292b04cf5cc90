"""How does the condition of a lamp look, and how far a fault is? Shape, word and colour, in that order."""

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from civic.devices.words import CONDITIONS

from .marks import icon

# condition -> (tone in badge.css, icon)
LAMPS: dict[str, tuple[str, str]] = {
    "on": ("open", "dot"),
    "dimmed": ("open", "part"),
    "off": ("neutral", "bar"),
    "fault": ("late", "triangle"),
    "with_cabinet": ("late", "ring"),
    "lost": ("neutral", "open_square"),
    "unheard": ("neutral", "dashed"),
    "retired": ("neutral", "bar"),
    "work": ("review", "open_diamond"),
    "played": ("review", "info"),
}
PLAYED = _("A played night of the demonstration")

# state of a fault -> (tone, icon, what residents read)
FAULTS: dict[str, tuple[str, str, str | Promise]] = {
    "suspected": ("late", "triangle", _("Received")),
    "confirmed": ("late", "triangle", _("Received")),
    "acknowledged": ("review", "clock", _("Assigned")),
    "scheduled": ("review", "clock", _("Assigned")),
    "in_progress": ("open", "part", _("In progress")),
    "repaired": ("good", "tick", _("Fixed")),
    "resolved": ("good", "tick", _("Fixed")),
    "rejected": ("neutral", "bar", _("Closed without repair")),
}


def lamp_badge(condition: str, text: str | Promise = "") -> SafeString:
    """The badge of a lamp; `text` replaces its usual word."""
    tone, shape = LAMPS[condition]
    word = text or (PLAYED if condition == "played" else CONDITIONS[condition])
    return format_html('<span class="badge badge-{}">{}{}</span>', tone, icon(shape), word)


def fault_badge(state: str) -> SafeString:
    """The badge of a fault by its state."""
    tone, shape, word = FAULTS[state]
    return format_html('<span class="badge badge-{}">{}{}</span>', tone, icon(shape), word)
