"""Do the matrix of routes and the table of powers say the same? Each verb by the routes that do it."""

import pytest

from civic.overview.powers import LEVEL_OF
from civic.people.levels import CONFIRMED
from civic.people.powers import POWERS, Guest, Power
from civic.people.roles import ROLES, Admin, Resident
from civic.policies.models import ParticipationPolicy
from tests.walk.reading import files, matrix
from tests.walk.visitors import EVERY, HERE, VISITORS, WORDS

# verb -> (method, route) of everything that does it
DONE_BY: dict[str, list[tuple[str, str]]] = {
    "read": [("GET", "proposals/<str:code>/"), ("GET", "api/v1/faults/<code>"), ("GET", "live/entries")],
    "report_faults": [
        ("POST", "l/<str:tag>/"),
        ("POST", "faults/<str:code>/me-too/"),
        ("POST", "faults/<str:code>/not-mended/"),
        ("POST", "api/v1/faults"),
        ("POST", "api/v1/faults/<code>/not-mended"),
    ],
    "propose": [("POST", "proposals/new/"), ("POST", "api/v1/proposals")],
    "support": [
        ("POST", "proposals/<str:code>/support/"),
        ("POST", "proposals/<str:code>/withdraw-support/"),
        ("POST", "api/v1/proposals/<code>/support"),
    ],
    "discuss": [("POST", "proposals/<str:code>/posts/new/"), ("POST", "api/v1/proposals/<code>/posts")],
    "vote": [("POST", "votes/<str:slug>/ballot/"), ("POST", "api/v1/rounds/<slug>/ballot")],
    "make_keys": [("POST", "me/tokens/")],
    "answer_proposals": [
        ("POST", "proposals/<str:code>/answer/"),
        ("POST", "api/v1/proposals/<code>/answer"),
        ("POST", "desk/proposals/answer/<int:pk>/"),
    ],
    "transfer_proposals": [("POST", "desk/proposals/transfer/<int:pk>/")],
    "work_on_faults": [
        ("POST", "faults/<str:code>/acts/<str:act>/"),
        ("POST", "api/v1/faults/<code>/take"),
        ("POST", "api/v1/faults/<code>/repair"),
        ("POST", "desk/faults/<str:code>/<str:act>/"),
    ],
    "arrange_lamps": [("POST", "desk/keys/<int:pk>/revoke/")],
    "transfer_faults": [
        ("POST", "faults/<str:code>/acts/<str:act>/"),
        ("POST", "desk/faults/<str:code>/<str:act>/"),
    ],
    "run_votes": [("POST", "desk/rounds/new/"), ("POST", "desk/rounds/<int:pk>/<slug:act>/")],
    "run_pilots": [
        ("POST", "desk/pilots/plan/<int:proposal>/"),
        ("POST", "desk/pilots/value/<int:pk>/"),
        ("POST", "desk/pilots/decide/<int:pk>/"),
    ],
    "set_rules": [("POST", "desk/policies/new/")],
    "keep_departments": [
        ("POST", "desk/departments/new/"),
        ("POST", "desk/departments/<str:code>/"),
        ("POST", "desk/departments/<str:code>/categories/"),
        ("POST", "desk/departments/<str:code>/close/"),
    ],
    "mend_items": [("POST", "desk/set-aside/retry/<int:pk>/"), ("POST", "desk/set-aside/dismiss/<int:pk>/")],
    "grant_roles": [("POST", "desk/roles/grant/"), ("POST", "desk/roles/<int:pk>/revoke/")],
    "read_access_log": [("GET", "desk/looks/<str:district>/<int:year>-<int:month>/")],
    "take_back_sheets": [("POST", "desk/looks/sheets/<int:sheet>/")],
    "sign_off_access": [("POST", "desk/looks/<str:district>/<int:year>-<int:month>/")],
}
# Verbs that no route of one district shows, and where they are held to:
ELSEWHERE_HELD = {
    "read_records": "read in the whole district by those of one department too: desk.txt",
    "read_reports": "part of a page: tests/cms/desk/test_faults.py",
    "enter_desk": "the desk is one for all districts: desk.txt",
    "check_identity": "by officials of any department of the district: desk.txt",
    "read_roles": "lists that show one's own: tests/cms/desk/test_roles.py",
    "read_destruction": "belongs to no district: desk.txt",
    "keep_retention": "belongs to no district: desk.txt",
    "edit_pages": "by administrators of the district, or of the site: wagtail.txt",
}


def test_every_verb_is_shown_by_a_route_or_says_where_it_is_held_to() -> None:
    assert DONE_BY.keys() | ELSEWHERE_HELD.keys() == POWERS.keys()
    assert not DONE_BY.keys() & ELSEWHERE_HELD.keys()


@pytest.mark.django_db
def test_routes_of_a_verb_open_to_the_roles_of_the_verb() -> None:
    said = {(method, row.route): who for name in files() for row in matrix(name) for method, who in row.open_to.items()}
    level = {verb: getattr(ParticipationPolicy.objects.get(district="11200"), name) for verb, name in LEVEL_OF.items()}
    other = [
        f"{verb}: {method} {route}"
        for verb, doors in DONE_BY.items()
        for method, route in doors
        if said[method, route] != _who(POWERS[verb], level.get(verb, CONFIRMED))
    ]
    assert other == []


def _who(power: Power, level: int) -> frozenset[str]:
    """The visitors whom the table lets do it to a thing of Seongdong, and who are known well enough for it."""
    if Guest in power.roles:
        return frozenset(VISITORS)
    if Resident in power.roles:
        return WORDS["account"] if level == CONFIRMED else WORDS["checked"]
    here = {name for name in HERE if ROLES[name] in power.roles}
    return frozenset(here | {EVERY} if Admin in power.roles else here)
