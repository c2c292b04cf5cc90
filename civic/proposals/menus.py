"""Which filters does a reader have, and where does each lead? Query string in, links out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.places.menus import Choice, place_choices
from civic.places.models import Dong
from civic.places.queries import all_dongs
from civic.texts import clean_line

from .models import Category
from .queries import SORTS, Counts, Filters
from .states import State

SORT_LABELS = {
    "moved": gettext_lazy("Recently moved"),
    "deadline": gettext_lazy("Nearest deadline"),
    "supports": gettext_lazy("Most support"),
}
LONGEST = 60  # characters of a search


def filters_from(query: Mapping[str, str]) -> Filters:
    """What was asked for; what we do not know is left out rather than refused, so that old links still open."""
    asked = {name: clean_line(query.get(name, ""))[:LONGEST] for name in asdict(Filters())}
    if asked["state"] not in State.values:
        asked["state"] = ""
    if asked["category"] not in Category.values:
        asked["category"] = ""
    if asked["sort"] not in SORTS:
        asked["sort"] = "moved"
    for name in ("district", "dong"):
        if not asked[name].isascii() or not asked[name].isdigit():
            asked[name] = ""
    return Filters(**asked)


def as_query(filters: Filters) -> dict[str, str]:
    """The filters as a query string's pairs, without the defaults."""
    return {name: value for name, value in vars(filters).items() if value and (name, value) != ("sort", "moved")}


def menus(filters: Filters, counts: Counts) -> dict[str, Any]:
    """All menus of the list."""
    dongs = list(all_dongs())
    return {
        "states": _states(filters, counts),
        "places": _places(filters, counts, dongs),
        "categories": _choices(filters, "category", [("", _("All categories")), *Category.choices]),
        "sorts": _choices(filters, "sort", list(SORT_LABELS.items())),
        "place": next((dong for dong in dongs if dong.code == filters.dong), None),
        "district": next((d.district for d in dongs if d.district_id == filters.district), None),
    }


def _states(filters: Filters, counts: Counts) -> list[Choice]:
    every = Choice("", _("All"), sum(counts.states.values()), _href(filters, state=""), not filters.state)
    return [every] + [
        Choice(state, State(state).label, counts.states[state], _href(filters, state=state), filters.state == state)
        for state in State.values
        if counts.states[state] or filters.state == state
    ]


def _places(filters: Filters, counts: Counts, dongs: list[Dong]) -> list[Choice]:
    of_district: Counter[str] = Counter()
    for dong in dongs:
        of_district[dong.district_id] += counts.dongs[dong.code]
    return place_choices(
        dongs,
        district=filters.district,
        dong=filters.dong,
        of_district=of_district,
        of_dong=counts.dongs,
        href=partial(_href, filters),
    )


def _choices(filters: Filters, name: str, options: list[Any]) -> list[Choice]:
    now = getattr(filters, name)
    return [Choice(code, label, None, _href(filters, **{name: code}), code == now) for code, label in options]


def _href(filters: Filters, **changed: str) -> str:
    asked = as_query(filters) | changed
    query = urlencode({name: value for name, value in asked.items() if value and (name, value) != ("sort", "moved")})
    return f"?{query}" if query else "."
