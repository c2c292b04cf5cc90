"""Do the matrix of routes and the table of powers say the same? Each verb by the routes that do it."""

from civic.people.powers import POWERS, Guest, Power
from civic.people.roles import ROLES, Resident
from tests.walk.reading import files, matrix
from tests.walk.visitors import ELSEWHERE, NOBODY, VISITORS

# verb -> (method, route) of everything that does it
DONE_BY: dict[str, list[tuple[str, str]]] = {
    "read": [("GET", "proposals/<str:code>/"), ("GET", "api/v1/faults/<code>"), ("GET", "live/entries")],
    "report_faults": [("POST", "l/<str:tag>/"), ("POST", "faults/<str:code>/me-too/"), ("POST", "api/v1/faults")],
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
    "work_on_faults": [
        ("POST", "faults/<str:code>/acts/<str:act>/"),
        ("POST", "api/v1/faults/<code>/take"),
        ("POST", "api/v1/faults/<code>/repair"),
        ("POST", "desk/faults/<str:code>/<str:act>/"),
    ],
    "run_votes": [("POST", "desk/rounds/new/"), ("POST", "desk/rounds/<int:pk>/<slug:act>/")],
    "run_pilots": [
        ("POST", "desk/pilots/plan/<int:proposal>/"),
        ("POST", "desk/pilots/value/<int:pk>/"),
        ("POST", "desk/pilots/decide/<int:pk>/"),
    ],
    "read_records": [("GET", "desk/proposals/inspect/<int:pk>/"), ("GET", "desk/faults/<str:code>/")],
    "set_rules": [("POST", "desk/policies/new/")],
}
# Verbs that no route of one district shows, and where they are held to:
ELSEWHERE_HELD = {
    "read_reports": "part of a page: tests/cms/desk/test_faults.py",
    "arrange_lamps": "no page yet: tests/civic/devices/test_circuits.py",
    "enter_desk": "the desk is one for all districts: desk.txt",
    "grant_roles": "no page yet: tests/civic/people/test_actions.py",
    "mend_items": "belongs to no district: desk.txt",
    "edit_pages": "belongs to no district: wagtail.txt",
}


def test_every_verb_is_shown_by_a_route_or_says_where_it_is_held_to() -> None:
    assert DONE_BY.keys() | ELSEWHERE_HELD.keys() == POWERS.keys()
    assert not DONE_BY.keys() & ELSEWHERE_HELD.keys()


def test_routes_of_a_verb_open_to_the_roles_of_the_verb() -> None:
    said = {(method, row.route): who for name in files() for row in matrix(name) for method, who in row.open_to.items()}
    other = [
        f"{verb}: {method} {route}"
        for verb, doors in DONE_BY.items()
        for method, route in doors
        if said[method, route] != _who(POWERS[verb])
    ]
    assert other == []


def _who(power: Power) -> frozenset[str]:
    """The visitors whom the table lets do it to a thing of Seongdong."""
    if Guest in power.roles:
        return frozenset(VISITORS)
    if Resident in power.roles:
        return frozenset(VISITORS) - {NOBODY}
    return frozenset(name for name in set(VISITORS) - {NOBODY, *ELSEWHERE} if ROLES[name] in power.roles)
