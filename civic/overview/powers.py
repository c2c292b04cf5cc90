"""Who may do what? The table that the rules read, as a page."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from civic.chain.queries import index_line_for
from civic.feed.pages import goes_on_live
from civic.people.powers import ABOUT, POWERS, Guest, Power
from civic.people.roles import ROLES, Resident, Role

COLUMNS: tuple[type[Role], ...] = (Guest, *ROLES.values())


@dataclass(frozen=True)
class Part:
    """One heading of the page: its verbs, and for each whether the role of a column may do it."""

    heading: str | Promise
    rows: list[tuple[str | Promise, list[tuple[type[Role], bool]]]]


@require_safe
@goes_on_live
def powers_page(request: HttpRequest) -> HttpResponse:
    """Verb by verb and role by role; nothing here is written by hand, so that it says what the rules do."""
    context = {
        "columns": COLUMNS,
        "parts": [Part(heading, _rows(code)) for code, heading in ABOUT.items()],
        "roles": [(role, _own(role)) for role in COLUMNS],
        "line": index_line_for(),
    }
    return render(request, "overview/powers.html", context)


def covers(power: Power, role: type[Role]) -> bool:
    """Does a holder of this role have the power? What everybody may, everybody may in a role too."""
    everybody = Guest in power.roles or (Resident in power.roles and role is not Guest)
    return everybody or role in power.roles


def _rows(about: str) -> list[tuple[str | Promise, list[tuple[type[Role], bool]]]]:
    found = [power for power in POWERS.values() if power.about == about]
    return [(power.words, [(role, covers(power, role)) for role in COLUMNS]) for power in found]


def _own(role: type[Role]) -> list[str | Promise]:
    """What the role itself adds to what everybody may."""
    return [power.words for power in POWERS.values() if role in power.roles]
