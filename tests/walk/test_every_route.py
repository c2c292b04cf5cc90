"""Does every address open to those whom the matrix names, and to nobody else?

The matrix stands in `matrix/*.txt`, a line a route. Everybody in `visitors.VISITORS` asks for every route by GET and
POST; a method without a line opens to nobody. What does not open writes nothing either, and nothing is written by GET.
"""

import logging
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction

from civic.ledger.models import Entry
from civic.people.roles import Resident
from cms.content import load_pages
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

Walk = tuple[list[Visitor], dict[str, Ask]]


@pytest.fixture(scope="module")
def walk(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Walk]:
    """The visitors and how each route is asked: made once, and gone with the module."""
    logging.disable(logging.CRITICAL)  # thousands of refusals, each of them meant
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]  # pytest-django exports no type
        load_pages()
        visitors = make_visitors()
        people = {visitor.name: visitor.person for visitor in visitors if visitor.person}
        world = make_world(list(people.values()), people[Resident.code])
        parts = (asks_of_pages, asks_of_accounts, asks_of_programs, asks_of_the_desk, asks_of_wagtail)
        yield visitors, {route: ask for part in parts for route, ask in part.asks(world).items()}
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


def test_every_route_stands_in_the_matrix_once():
    rows = [row.route for name in files() for row in matrix(name)]
    there = routes() | sockets()
    assert sorted(there - set(rows)) == []  # a new route: say in matrix/*.txt who may
    assert sorted(set(rows) - there) == []  # a route that is gone
    assert sorted(route for route in set(rows) if rows.count(route) > 1) == []


def test_every_route_that_is_asked_in_a_special_way_is_there(walk):
    _visitors, asks = walk
    assert sorted(asks.keys() - routes()) == []


@pytest.mark.timeout(600)  # thousands of requests, on a machine that may be busy
@pytest.mark.parametrize("name", [name for name in files() if name != SOCKETS])
def test_every_route_opens_to_those_whom_the_matrix_names(name, walk):
    visitors, asks = walk
    found = [line for row in matrix(name) for line in _other_than_said(row, visitors, asks.get(row.route, Ask()), name)]
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
        for _open, wrote, status in [_try(keeper, method, row.route, asks.get(row.route, Ask()), loosely=True)]
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
            if wrote and (method == "GET" or not is_open):
                yield f"{method} {row.route}: {visitor.name} was not let in and has written ({status})"
            if status >= 500 and row.route not in FAILING | STREAMS:
                yield f"{method} {row.route}: fails for {visitor.name} ({status})"


def _try(visitor: Visitor, method: str, route: str, ask: Ask, *, loosely: bool) -> tuple[bool, bool, int]:
    """Let in, wrote a fact, status; everything is as before afterwards."""
    cache.clear()  # one visitor's limit is nothing to the next
    with transaction.atomic():
        before = Entry.objects.count()
        response = send(visitor, method, route, ask)
        wrote = Entry.objects.count() > before
        transaction.set_rollback(True)
    filled_in_wrongly = response.status_code == 422 and route.startswith("accounts/")  # the form was theirs to send
    return opened(response, loosely=loosely) or filled_in_wrongly, wrote, response.status_code
