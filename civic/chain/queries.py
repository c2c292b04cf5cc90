"""Which things stand at which place, and what came of what?"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from civic.clocks.now import database_clock

from .line import LABELS, Line, index_line, object_line
from .models import Node

# What each of the later places counts: a kind of thing in some of its states.
_IN_WORDS = {
    "vote": ("round", ("open",)),
    "pilot": ("pilot", ("running", "judging", "improving", "continued")),
    "live": ("fault", ("suspected", "confirmed", "acknowledged", "scheduled", "in_progress")),
    "policy": ("pilot", ("expanded",)),
}


def paths() -> dict[str, str]:
    """Where each lamp leads when a thing has nothing of its own there: the list, or what the place is."""
    return _paths(get_language() or "")


@lru_cache(maxsize=8)  # addresses do not change while a process runs, and every row of a list asks
def _paths(_language: str) -> dict[str, str]:
    policy = reverse("policy")
    listing = reverse("proposal-list")
    return {code: f"{policy}#{code}" for code in LABELS} | {
        "proposal": listing,
        "support": f"{listing}?state=open",
        "answer": reverse("overdue"),
        "vote": reverse("vote-list"),
        "live": reverse("live-map"),
        "pilot": reverse("pilot-list"),
        "policy": f"{reverse('pilot-list')}?stage=expanded",
    }


def line_of_marks(marks: Iterable[Mapping[str, Any]]) -> Line:
    """The line of a thing that came of nothing else, from its own marks: no query."""
    return object_line(_localised(marks), elsewhere=paths())


def localised(path: str) -> str:
    """A kept path in the language of the page: paths are kept without one; English pages stand under /en/."""
    return f"/en{path}" if path and get_language() == "en" else path


def _localised(marks: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [{**mark, "path": localised(mark["path"])} if mark.get("path") else mark for mark in marks]


def index_counts(district: str = "") -> dict[str, int]:
    """How many public things there are, by `kind:state`, and with `late` after it those past their due moment.

    One query, because most pages ask.
    """
    rows = Node.objects.filter(public=True, **({"district": district} if district else {}))
    late = Count("pk", filter=Q(due_at__lte=database_clock()))
    counts: dict[str, int] = {}
    for kind, state, number, past_due in rows.values_list("kind", "state").annotate(number=Count("pk"), late=late):
        counts[f"{kind}:{state}"] = number
        if past_due:
            counts[f"late {kind}:{state}"] = past_due
    return counts


def index_facts(counts: Mapping[str, int]) -> dict[str, str]:
    """One short line a place, from `index_counts`: of the answers that are waited for the late ones, where some are."""
    n = {kind: _sum(counts, kind) for kind in ("proposal", "thread")}
    n |= {name: _sum(counts, kind, states) for name, (kind, states) in _IN_WORDS.items()}
    waiting, late = counts.get("proposal:dept_review", 0), counts.get("late proposal:dept_review", 0)
    told = {
        "proposal": ngettext("%(n)s proposal", "%(n)s proposals", n["proposal"]) % {"n": n["proposal"]},
        "support": _("%(n)s collecting") % {"n": counts.get("proposal:open", 0)},
        "answer": _("%(n)s late") % {"n": late} if late else _("%(n)s waiting") % {"n": waiting},
        "thread": ngettext("%(n)s discussion", "%(n)s discussions", n["thread"]) % {"n": n["thread"]},
        "vote": _("%(n)s open") % {"n": n["vote"]},
        "pilot": _("%(n)s under way") % {"n": n["pilot"]},
        "live": _("%(count)s now") % {"count": n["live"]},
        "policy": _("%(n)s decided") % {"n": n["policy"]},
    }
    always = ("proposal", "support", "answer")
    return {place: words if place in always or n[place] else _("none yet") for place, words in told.items()}


def _sum(counts: Mapping[str, int], kind: str, states: Iterable[str] = ()) -> int:
    """Of one kind, in the states named; in any where none is."""
    if states:
        return sum(counts.get(f"{kind}:{state}", 0) for state in states)
    return sum(count for name, count in counts.items() if name.startswith(f"{kind}:"))


def index_line_for(*, lit: str = "", district: str = "") -> Line:
    """The line of an index page: one query for the counts."""
    return index_line(index_facts(index_counts(district)), paths=paths(), lit=lit)
