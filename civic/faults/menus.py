"""Which filters does a reader of faults have, and where does each lead? Query string in, links out."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from civic.places.menus import Choice, place_choices
from civic.places.models import Dong
from civic.places.queries import all_dongs, known_dongs

from .listing import GROUPS, Counts, Filters
from .models import Category
from .states import ASSIGNED, DONE, RECEIVED, UNDER_WAY, State

LABELS: dict[str, str | Promise] = {
    "received": RECEIVED,
    "assigned": ASSIGNED,
    "under_way": UNDER_WAY,
    "done": DONE,
    "rejected": State.REJECTED.label,
}


def filters_from(query: Mapping[str, str]) -> Filters:
    """What was asked for; what we do not know is left out rather than refused, so that old links still open."""
    asked = {name: query.get(name, "") for name in asdict(Filters())}
    if asked["state"] not in GROUPS:
        asked["state"] = ""
    if asked["category"] not in Category.values:
        asked["category"] = ""
    dongs = known_dongs()
    if asked["dong"] not in dongs:
        asked["dong"] = ""
    if asked["dong"]:
        asked["district"] = dongs[asked["dong"]].district_id
    elif asked["district"] not in {dong.district_id for dong in dongs.values()}:
        asked["district"] = ""
    return Filters(**asked)


def as_query(filters: Filters) -> str:
    """The filters as a query string, without what is empty."""
    return urlencode({name: value for name, value in vars(filters).items() if value})


def menus(filters: Filters, counts: Counts) -> dict[str, Any]:
    """All menus of the list, and the names of the place it is narrowed to."""
    dongs = all_dongs()
    place = next((dong for dong in dongs if dong.code == filters.dong), None)
    return {
        "states": _states(filters, counts),
        "places": _places(filters, counts, dongs),
        "categories": [
            Choice(code, label, None, _href(filters, category=code), code == filters.category)
            for code, label in _kinds()
        ],
        "place": place,
        "district": next((dong.district for dong in dongs if dong.district_id == filters.district), None),
    }


def _states(filters: Filters, counts: Counts) -> list[Choice]:
    every = Choice("", _("All"), sum(counts.states.values()), _href(filters, state=""), not filters.state)
    return [every] + [
        Choice(code, label, counts.states[code], _href(filters, state=code), filters.state == code)
        for code, label in LABELS.items()
        if counts.states[code] or filters.state == code
    ]


def _places(filters: Filters, counts: Counts, dongs: tuple[Dong, ...]) -> list[Choice]:
    """Inside a chosen district the dongs with something come first."""
    return place_choices(
        sorted(dongs, key=lambda dong: -counts.dongs[dong.code]) if filters.district else dongs,
        district=filters.district,
        dong=filters.dong,
        of_district=counts.districts,
        of_dong=counts.dongs,
        href=partial(_href, filters),
    )


def _kinds() -> list[tuple[str, str | Promise]]:
    return [("", _("All kinds")), *((kind.value, kind.label) for kind in Category)]


def _href(filters: Filters, **changed: str) -> str:
    query = as_query(Filters(**(vars(filters) | changed)))
    return f"?{query}" if query else "."
