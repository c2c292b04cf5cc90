"""Does every address open to those whom the matrix names, and to nobody else?

The matrix stands in `matrix/*.txt`, a line a route. Everybody in `visitors.VISITORS` asks for every route by GET and
POST; a method without a line opens to nobody. What does not open writes nothing either, and nothing is written by GET.
"""

import logging
import re
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

from civic.faults import acts as fault_acts
from civic.people.roles import Resident
from cms.content import load_pages
from cms.desk import rounds
from livinglab import urls
from tests.walk import asks_of_accounts, asks_of_pages, asks_of_programs, asks_of_the_desk, asks_of_wagtail
from tests.walk.ask import Ask, opened, send
from tests.walk.reading import METHODS, Row, files, matrix
from tests.walk.routes import routes, sockets
from tests.walk.visitors import EVERY, Visitor, make_visitors
from tests.walk.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
SOCKETS = "sockets"  # walked by test_every_socket.py
OTHER_METHODS = ("PUT", "PATCH", "DELETE")
LOOSE = "wagtail"  # its areas are asked for things that are not there: what counts is who is turned away
# Wagtail's own: a page that is there to fail, and two forms that fail when half of their fields are missing
FAILING = {"desk/failwhale/", "desk/choose-external-link/", "desk/pages/<int:page_id>/copy/"}
# The home lies above every branch, so one walks through it; and a link may lead to every page
WALKED = {
    "desk/pages/<int:parent_page_id>/",
    "desk/pages/<int:parent_page_id>/results/",
    "desk/choose-page/<int:parent_page_id>/",
}
STREAMS = {"live/sse"}  # answers 503 where no stream can be held open, as here

# What is written though nothing is done: when a key was last used, and that somebody of the staff looked at data
NOTED = {"civic_apitoken", "civic_accesslook"}
_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(civic_\w+)"')

Walk = tuple[list[Visitor], dict[str, list[Ask]]]


@pytest.fixture(scope="module")
def walk(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Walk]:
    """The visitors and how each route is asked: made once, and gone with the module."""
    logging.disable(logging.CRITICAL)  # thousands of refusals, each of them meant
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]  # pytest-django exports no type
        transaction.atomic(),
        pytest.MonkeyPatch.context() as changed,
    ):
        changed.setattr(urls, "handler403", _in_a_word, raising=False)  # its page would take half of the walk's time
        load_pages()
        visitors = make_visitors()
        people = {visitor.name: visitor.person for visitor in visitors if visitor.person}
        world = make_world(list(people.values()), people[Resident.code])
        parts = (asks_of_pages, asks_of_accounts, asks_of_programs, asks_of_the_desk, asks_of_wagtail)
        asks = {route: [ask] for part in parts for route, ask in part.asks(world).items()}
        for part in (asks_of_pages, asks_of_the_desk):
            asks |= part.more(world)
        yield visitors, asks
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


def test_every_route_stands_in_the_matrix_once():
    rows = [row.route for name in files() for row in matrix(name)]
    there = routes() | sockets()
    assert sorted(there - set(rows)) == []  # a new route: say in matrix/*.txt who may
    assert sorted(set(rows) - there) == []  # a route that is gone
    assert sorted(route for route in set(rows) if rows.count(route) > 1) == []


def test_every_act_of_a_route_that_takes_one_is_walked(walk):
    _visitors, asks = walk
    acts = {route: {ask.path["act"] for ask in asked} for route, asked in asks.items() if "act" in asked[0].path}
    assert acts == {
        "faults/<str:code>/acts/<str:act>/": set(fault_acts.ACTS),
        "desk/faults/<str:code>/<str:act>/": set(fault_acts.ACTS),
        "desk/rounds/<int:pk>/<slug:act>/": set(rounds.ACTS),
    }


def test_every_route_that_is_asked_in_a_special_way_is_there(walk):
    _visitors, asks = walk
    assert sorted(asks.keys() - routes()) == []


@pytest.mark.timeout(600)  # thousands of requests, on a machine that may be busy
@pytest.mark.parametrize("name", [name for name in files() if name != SOCKETS])
def test_every_route_opens_to_those_whom_the_matrix_names(name, walk):
    visitors, asks = walk
    found = [
        line
        for row in matrix(name)
        for ask in asks.get(row.route, [Ask()])
        for line in _other_than_said(row, visitors, ask, name)
    ]
    assert not found, "\n".join(found)


def test_pages_of_the_whole_site_are_shut_to_administrators_of_one_district(walk):
    visitors, _asks = walk
    of_one = [visitor for visitor in visitors if visitor.name in ("admin", "admin-elsewhere")]
    found = [
        f"{method} {route}: opens to {visitor.name} ({status})"
        for route, ask in asks_of_wagtail.asks_of_the_site().items()
        for method in METHODS
        for visitor in of_one
        for is_open, _wrote, status in [_try(visitor, method, route, ask, loosely=True)]
        if is_open and route not in WALKED
    ]
    assert not found, "\n".join(found)


@pytest.mark.timeout(600)  # thousands of requests, on a machine that may be busy
def test_other_methods_do_nothing_even_for_whoever_keeps_the_site(walk):
    visitors, asks = walk
    keeper = next(visitor for visitor in visitors if visitor.name == EVERY)
    found = [
        f"{method} {row.route} ({status})"
        for name in files()
        for row in matrix(name)
        for method in OTHER_METHODS
        for _open, wrote, status in [_try(keeper, method, row.route, asks.get(row.route, [Ask()])[0], loosely=True)]
        if name != SOCKETS and (wrote or (status >= 500 and row.route not in FAILING | STREAMS))
    ]
    assert not found, "\n".join(found)


def _other_than_said(row: Row, visitors: list[Visitor], ask: Ask, name: str) -> Iterator[str]:
    loosely = name.startswith(LOOSE) or row.route in STREAMS
    for method in METHODS:
        let_in = row.open_to.get(method, frozenset())
        for visitor in visitors:
            is_open, wrote, status = _try(visitor, method, row.route, ask, loosely=loosely)
            if is_open != (visitor.name in let_in):
                yield f"{method} {row.route}: {'opens' if is_open else 'is shut'} to {visitor.name} ({status})"
            if wrote if not is_open else "civic_entry" in wrote and method == "GET":
                yield f"{method} {row.route}: {visitor.name} has written {wrote} ({status})"
            if status >= 500 and row.route not in FAILING | STREAMS:
                yield f"{method} {row.route}: fails for {visitor.name} ({status})"


def _try(visitor: Visitor, method: str, route: str, ask: Ask, *, loosely: bool) -> tuple[bool, set[str], int]:
    """Let in, the tables of ours that were written to, status; everything is as before afterwards."""
    cache.clear()  # one visitor's limit is nothing to the next
    wrote: set[str] = set()
    with transaction.atomic(), connection.execute_wrapper(_noting(wrote)):
        response = send(visitor, method, route, ask)
        transaction.set_rollback(True)
    filled_in_wrongly = response.status_code == 422 and route.startswith("accounts/")  # the form was theirs to send
    is_open = opened(response, loosely=loosely) or filled_in_wrongly
    return is_open, wrote - NOTED, response.status_code


def _in_a_word(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponseForbidden()


def _noting(wrote: set[str]) -> Callable[..., object]:
    """Put down the tables of ours to which a statement writes, one that is rolled back later too."""

    def noting(execute: Callable[..., object], sql: str, *given: object) -> object:
        if found := _WRITES.match(sql):
            wrote.add(found[1])
        return execute(sql, *given)

    return noting
