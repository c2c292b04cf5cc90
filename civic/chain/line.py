"""How does the chain line look for a thing, or for everything? Pure: nodes and counts in, eight places out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from civic.clocks.deadlines import SEOUL

Status = Literal["done", "lit", "to_come", "skipped"]

LABELS: dict[str, str | Promise] = {
    "proposal": pgettext_lazy("chain", "Proposal"),
    "support": pgettext_lazy("chain", "Support"),
    "answer": pgettext_lazy("chain", "Answer"),
    "thread": pgettext_lazy("chain", "Discussion"),
    "vote": pgettext_lazy("chain", "Vote"),
    "pilot": pgettext_lazy("chain", "Pilot"),
    "live": pgettext_lazy("chain", "Fault · live"),
    "policy": pgettext_lazy("chain", "Policy"),
}


@dataclass(frozen=True)
class Place:
    """One lamp on the wire: `fact` is one short line under the label."""

    number: int
    code: str
    label: str | Promise
    fact: str
    status: Status
    href: str


@dataclass(frozen=True)
class Line:
    """Eight places. `object` lines tell one thing's history, `index` lines count everything."""

    places: tuple[Place, ...]
    kind: Literal["object", "index"]

    @property
    def lit(self) -> Place | None:
        return next((place for place in self.places if place.status == "lit"), None)

    @property
    def before(self) -> Place | None:
        return self._beside(-1)

    @property
    def after(self) -> Place | None:
        return self._beside(1)

    def _beside(self, step: int) -> Place | None:
        lit = self.lit
        number = lit.number + step if lit else 0
        return self.places[number - 1] if 1 <= number <= len(self.places) else None


def object_line(marks: Iterable[Mapping[str, Any]], *, elsewhere: Mapping[str, str]) -> Line:
    """The line of one thing from its marks: `{"place", "status", "fact", ...}`, later marks winning.

    `elsewhere` gives the path of each place that has no mark of its own, so that every lamp leads somewhere.
    """
    known = {mark["place"]: mark for mark in marks}
    return Line(
        tuple(
            Place(
                number,
                code,
                label,
                _fact(known[code]) if code in known else "",
                known[code]["status"] if code in known else "to_come",
                known[code].get("path", "") if code in known else elsewhere[code],
            )
            for number, (code, label) in enumerate(LABELS.items(), start=1)
        ),
        "object",
    )


def index_line(facts: Mapping[str, str], *, paths: Mapping[str, str], lit: str = "") -> Line:
    """The line of an index page: every place with its count, the index itself lit."""
    return Line(
        tuple(
            Place(number, code, label, facts.get(code, ""), "lit" if code == lit else "to_come", paths[code])
            for number, (code, label) in enumerate(LABELS.items(), start=1)
        ),
        "index",
    )


def _fact(mark: Mapping[str, Any]) -> str:
    return _FACTS[mark["fact"]](mark) if mark.get("fact") else ""


def _day(mark: Mapping[str, Any]) -> str:
    return date_format(datetime.fromisoformat(mark["at"]).astimezone(SEOUL), "MONTH_DAY_FORMAT")


def _supporters(mark: Mapping[str, Any]) -> str:
    return ngettext("%(count)s person", "%(count)s people", mark["count"]) % {"count": mark["count"]}


def _supporters_of(mark: Mapping[str, Any]) -> str:
    return _("%(count)s of %(needed)s") % {"count": mark["count"], "needed": mark["needed"]}


def _due(mark: Mapping[str, Any]) -> str:
    return _("due %(day)s") % {"day": _day(mark)}


def _days_used(mark: Mapping[str, Any]) -> str:
    return ngettext("in %(days)s day", "in %(days)s days", mark["days"]) % {"days": mark["days"]}


def _posts(mark: Mapping[str, Any]) -> str:
    if not mark["count"]:
        return _("none yet")
    return ngettext("%(count)s post", "%(count)s posts", mark["count"]) % {"count": mark["count"]}


def _broken(mark: Mapping[str, Any]) -> str:
    return _("%(count)s now") % {"count": mark["count"]}


def _opens(mark: Mapping[str, Any]) -> str:
    return _("from %(day)s") % {"day": _day(mark)}


def _closes(mark: Mapping[str, Any]) -> str:
    return _("until %(day)s") % {"day": _day(mark)}


def _voters(mark: Mapping[str, Any]) -> str:
    return ngettext("%(count)s voted", "%(count)s voted", mark["count"]) % {"count": mark["count"]}


def _lamps(mark: Mapping[str, Any]) -> str:
    return ngettext("%(count)s lamp", "%(count)s lamps", mark["count"]) % {"count": mark["count"]}


_FACTS = {
    "day": _day,
    "opens": _opens,
    "closes": _closes,
    "voters": _voters,
    "vote_closed": lambda mark: _("being counted"),
    "supporters": _supporters,
    "supporters_of": _supporters_of,
    "due": _due,
    "days_used": _days_used,
    "posts": _posts,
    "broken": _broken,
    "ended": lambda mark: _("period ended"),
    "withdrawn": lambda mark: _("withdrawn"),
    "skipped": lambda mark: "",  # the drawing says so
    "no_vote": lambda mark: _("adopted without a vote"),
    "preparing": lambda mark: _("in preparation"),
    "since": lambda mark: _("since %(day)s") % {"day": _day(mark)},
    "lamps": _lamps,
    "judged_after": lambda mark: _("after %(day)s") % {"day": _day(mark)},
    "improving": lambda mark: _("tried again first"),
    "stopped": lambda mark: _("pilot stopped"),
}
