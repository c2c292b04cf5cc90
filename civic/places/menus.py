"""How is a list narrowed to a place? Links of a filter menu; what they count and where they lead is the list's own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .models import District, Dong
from .queries import known_districts


@dataclass(frozen=True)
class Choice:
    """One link of a filter menu; `current` is the one in force."""

    code: str
    label: str | Promise
    count: int | None
    href: str
    current: bool


def district_choices(asked: str) -> tuple[District | None, list[Choice]]:
    """The district that a query asks for, and links to all and to each; one that nobody knows is none: no query."""
    places = known_districts()
    chosen = next((place for place in places if place.code == asked), None)
    every = Choice("", _("All districts"), None, ".", chosen is None)
    links = [Choice(place.code, str(place), None, f"?district={place.code}", place == chosen) for place in places]
    return chosen, [every, *links]


def place_choices(
    dongs: Iterable[Dong],
    *,
    district: str,
    dong: str,
    of_district: Mapping[str, int],
    of_dong: Mapping[str, int],
    href: Callable[..., str],
) -> list[Choice]:
    """Districts first; inside the chosen district its dongs, in the order given. `href` takes what changes."""
    if district:
        whole = Choice("", _("Whole district"), of_district.get(district, 0), href(dong=""), not dong)
        return [whole] + [
            Choice(d.code, str(d), of_dong.get(d.code, 0), href(dong=d.code), d.code == dong)
            for d in dongs
            if d.district_id == district
        ]
    named = {d.district_id: d.district for d in dongs}
    every = Choice("", _("All districts"), sum(of_district.values()), href(district=""), True)
    return [every] + [
        Choice(code, str(place), of_district.get(code, 0), href(district=code), False) for code, place in named.items()
    ]
