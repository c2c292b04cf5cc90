"""Which ways to look at the list of pilots are there? Links with their counts."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from civic.places.menus import Choice
from civic.places.queries import known_dongs

from .queries import counted
from .states import Stage


def menus(district: str, stage: str) -> dict[str, Any]:
    """Stages and districts that hold pilots: one query; each ignores its own filter."""
    rows = counted()
    stages = {s: sum(n for (d, s2), n in rows.items() if s2 == s and district in ("", d)) for s in Stage.values}
    places = {place.district_id: place.district for place in known_dongs().values()}
    totals = {d: sum(n for (d2, s), n in rows.items() if d2 == d and stage in ("", s)) for d in places}
    return {
        "stages": [
            Choice("", _("All"), sum(stages.values()), _href(district, ""), not stage),
            *(
                Choice(s, Stage(s).label, n, _href(district, s), s == stage)
                for s, n in stages.items()
                if n or s == stage
            ),
        ],
        "districts": [
            Choice("", _("All districts"), sum(totals.values()), _href("", stage), not district),
            *(Choice(d, str(places[d]), n, _href(d, stage), d == district) for d, n in totals.items()),
        ],
    }


def _href(district: str, stage: str) -> str:
    query = urlencode({k: v for k, v in (("district", district), ("stage", stage)) if v})
    return reverse("pilot-list") + (f"?{query}" if query else "")
