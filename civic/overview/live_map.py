"""What is lit tonight? The lamps of a district on a map, and by dong in words that say all the map does."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from civic.chain.queries import index_line_for
from civic.clocks.now import database_now
from civic.feed.pages import goes_on_live
from civic.live.street import Street, street
from civic.places.models import District, Dong
from civic.places.queries import districts

from .lamps import LIT, Asked, asked_for, dong_rows, lamp_page, legend, night_over
from .live_faults import faults_here


@require_safe
@goes_on_live
def live_map(request: HttpRequest) -> HttpResponse:
    """`?district=`, `?dong=`, `?state=`, `?page=`: what a map would let one choose, as links."""
    asked, district, dong = asked_for(request.GET.dict())
    found = street(district.code)
    request.feed_head = found  # type: ignore[attr-defined]  # the shell goes on from where the lamps were read
    now = found.clock or database_now()
    context = _words(found, asked, now) | _places(asked, district, dong)
    if asked.dong or asked.state:
        page, rows = lamp_page(found, asked, request.GET.get("page", "1"))
        context |= {"page": page, "rows": rows, "pager_query": asked.query()}
    else:
        context["amiss"], context["calm"] = dong_rows(found, asked)
        context["calm_dongs"] = sum(bool(row.code) for row in context["calm"])  # "not known" is no dong
    context["faults"] = faults_here(asked, database_now(), now)
    context["line"] = index_line_for(lit="live", district=district.code)
    return render(request, "overview/live.html", context | {"footer_ground": "night"})


def _words(found: Street, asked: Asked, now: datetime) -> dict[str, Any]:
    total, lit = found.total.total(), sum(found.total[how] for how in LIT)
    return {
        "now": now,
        "played": found.clock is not None,
        "total": total,
        "placed": sum(lamp.count for lamp in found.lamps.lamps[: len(found.lamps.curve)]),
        "lit": lit,
        "headline": "some" if lit else "waiting" if found.total["unheard"] == total else "none",
        "legend": legend(found, asked),
        "night": night_over(found.district, now),
    }


def _places(asked: Asked, district: District, dong: Dong | None) -> dict[str, Any]:
    others = [(other, asked.href(district=other.code, dong="", state=""), other == district) for other in districts()]
    return {
        "asked": asked,
        "district": district,
        "dong": dong,
        "districts": others,
        "whole_href": asked.href(dong="", state=""),
        "dong_href": asked.href(state=""),
        "tongue": get_language() or "ko",
    }
