"""How does the condition of a lamp look, and how far a fault is? Shape, word and colour, in that order."""

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from civic.devices.words import CONDITIONS
from civic.faults.states import FOR_RESIDENTS, State

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
    "mended": ("good", "tick"),
    "played": ("review", "info"),
}
PLAYED = _("A played night of the demonstration")

# state of a fault -> (tone, icon); residents read four words for the eight states
FAULTS: dict[str, tuple[str, str]] = {
    "suspected": ("late", "triangle"),
    "confirmed": ("late", "triangle"),
    "acknowledged": ("review", "clock"),
    "scheduled": ("review", "clock"),
    "in_progress": ("open", "part"),
    "repaired": ("good", "tick"),
    "resolved": ("good", "tick"),
    "rejected": ("neutral", "bar"),
}

# what a resident says is wrong -> icon
TROUBLES: dict[str, str] = {
    "dark": "no_light",
    "flickering": "flicker",
    "day_burning": "sun",
    "too_dark": "dim",
    "too_bright": "glare",
    "broken": "broken",
    "wire": "triangle",
    "other": "other",
}


def lamp_badge(condition: str, text: str | Promise = "") -> SafeString:
    """The badge of a lamp; `text` replaces its usual word."""
    tone, shape = LAMPS[condition]
    word = text or (PLAYED if condition == "played" else CONDITIONS[condition])
    return format_html('<span class="badge badge-{}">{}{}</span>', tone, icon(shape), word)


def fault_badge(state: str) -> SafeString:
    """The badge of a fault by its state, in the word that residents read."""
    tone, shape = FAULTS[state]
    return format_html('<span class="badge badge-{}">{}{}</span>', tone, icon(shape), FOR_RESIDENTS[State(state)])


def trouble_icon(category: str) -> SafeString:
    """The picture beside a resident's choice; its words say the same."""
    return icon(TROUBLES[category])
