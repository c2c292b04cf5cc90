"""Which things stand at which place, and what came of what?"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from .line import LABELS, Line, index_line, object_line

_COUNTS = """
    SELECT kind, state, count(*) FROM civic_node WHERE public AND (%s = '' OR district = %s) GROUP BY kind, state"""


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
    """How many public things there are, by `kind:state`: one query, by hand, because most pages ask."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [district, district])
        return {f"{kind}:{state}": count for kind, state, count in cursor.fetchall()}


def index_facts(counts: Mapping[str, int], *, late: int = 0) -> dict[str, str]:
    """One short line a place, from `index_counts` and the number of late answers."""
    proposals = sum(count for name, count in counts.items() if name.startswith("proposal:"))
    waiting = counts.get("proposal:dept_review", 0)
    talks = sum(count for name, count in counts.items() if name.startswith("thread:"))
    return dict.fromkeys(LABELS, _("none yet")) | {
        "proposal": ngettext("%(n)s proposal", "%(n)s proposals", proposals) % {"n": proposals},
        "support": _("%(n)s collecting") % {"n": counts.get("proposal:open", 0)},
        "answer": _("%(n)s late") % {"n": late} if late else _("%(n)s waiting") % {"n": waiting},
        "thread": ngettext("%(n)s discussion", "%(n)s discussions", talks) % {"n": talks} if talks else _("none yet"),
    }


def index_line_for(*, lit: str = "", district: str = "", late: int = 0) -> Line:
    """The line of an index page: one query for the counts."""
    return index_line(index_facts(index_counts(district), late=late), paths=paths(), lit=lit)
