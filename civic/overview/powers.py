"""Who may do what? The table that the rules read, as a page."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from civic.chain.queries import index_line_for
from civic.clocks.now import database_now
from civic.feed.pages import goes_on_live
from civic.people.levels import NAMES
from civic.people.powers import ABOUT, POWERS, Guest, Power
from civic.people.roles import ROLES, Resident, Role
from civic.policies.queries import policies_in_force

COLUMNS: tuple[type[Role], ...] = (Guest, *ROLES.values())
# What a policy asks a level of verification for: verb -> its figure.
LEVEL_OF = {"support": "support_level", "discuss": "post_level", "propose": "propose_level", "vote": "vote_level"}


@dataclass(frozen=True)
class Line:
    """One verb: the level an account must have for it, empty where none is asked, and whether each column may."""

    words: str | Promise
    level: str
    cells: list[tuple[type[Role], bool]]
    all_of_them: str | Promise  # one word for all, where all may or all who have an account


@dataclass(frozen=True)
class Part:
    """One heading of the page, and its verbs."""

    heading: str | Promise
    lines: list[Line]


@require_safe
@goes_on_live
def powers_page(request: HttpRequest) -> HttpResponse:
    """Verb by verb and role by role; nothing here is written by hand, so that it says what the rules do."""
    levels = _levels(database_now())
    context = {
        "columns": COLUMNS,
        "parts": [Part(heading, _lines(code, levels)) for code, heading in ABOUT.items()],
        "roles": [(role, _own(role), role in POWERS["enter_desk"].roles) for role in COLUMNS],
        "line": index_line_for(),
    }
    return render(request, "overview/powers.html", context)


def covers(power: Power, role: type[Role]) -> bool:
    """Does a holder of this role have the power? What everybody may, everybody may in a role too."""
    everybody = Guest in power.roles or (Resident in power.roles and role is not Guest)
    return everybody or role in power.roles


def _all(power: Power) -> str | Promise:
    if Guest in power.roles:
        return _("everybody")
    return _("everybody with an account") if Resident in power.roles else ""


def _lines(about: str, levels: dict[str, str]) -> list[Line]:
    return [
        Line(power.words, levels.get(verb, ""), [(role, covers(power, role)) for role in COLUMNS], _all(power))
        for verb, power in POWERS.items()
        if power.about == about
    ]


def _levels(at: datetime) -> dict[str, str]:
    """What the districts ask for today; where they differ, each of it."""
    policies = policies_in_force(at)
    asked = {verb: sorted({getattr(policy, figure) for policy in policies}) for verb, figure in LEVEL_OF.items()}
    return {verb: " / ".join(str(NAMES[level]) for level in levels) for verb, levels in asked.items()}


def _own(role: type[Role]) -> list[str | Promise]:
    """What the role itself adds to what everybody may."""
    return [power.words for power in POWERS.values() if role in power.roles]
