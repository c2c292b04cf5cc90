"""Can another site make somebody's browser write here? Every form without its token is refused, and nothing happens."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from civic.clocks.now import database_now
from civic.ledger.models import Entry
from civic.people.actions import issue_token
from civic.people.queries import has_factor
from civic.people.roles import Resident
from civic.proposals.models import Support
from cms.content import load_pages
from tests.making import NOON, make_official, make_person, make_proposal
from tests.signing import show_second_step
from tests.walk import asks_of_accounts, asks_of_pages, asks_of_programs, asks_of_the_desk, asks_of_wagtail
from tests.walk.ask import PROGRAMS, Ask, address
from tests.walk.reading import files, matrix
from tests.walk.visitors import make_visitors
from tests.walk.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
BY_KEY = {"ingest/v1/observations"}  # no cookie is read there: the key is the proof


@pytest.fixture(scope="module")
def asks(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[dict[str, Ask]]:
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]  # pytest-django exports no type
        load_pages()
        people = {visitor.name: visitor.person for visitor in make_visitors() if visitor.person}
        world = make_world(list(people.values()), people[Resident.code])
        parts = (asks_of_pages, asks_of_accounts, asks_of_programs, asks_of_the_desk, asks_of_wagtail)
        yield {route: ask for part in parts for route, ask in part.asks(world).items()}
        transaction.set_rollback(True)


def posted() -> list[str]:
    """Every route that the matrix opens to somebody's POST."""
    rows = [row for name in files() for row in matrix(name)]
    return [row.route for row in rows if row.open_to.get("POST") and row.route not in BY_KEY]


@pytest.mark.timeout(300)
def test_every_form_without_its_token_is_refused_and_writes_nothing(asks):
    victim = strict(make_official(role="admin"))
    before, taken = Entry.objects.count(), []
    for route in posted():
        ask = asks.get(route, Ask())
        program = route.startswith(PROGRAMS)
        body = {"data": dict(ask.form), **({"content_type": "application/json"} if program else {})}
        status = victim.post(address(route, ask), **body).status_code
        if status not in (403, 404):
            taken.append((route, status))
    assert taken == []
    assert Entry.objects.count() == before


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver:8001", "http://test.server"])
def test_request_from_a_foreign_page_is_refused_though_it_knows_a_token(origin):
    person, proposal = make_person(), make_proposal(at=database_now())
    client = strict(person)
    token = token_of(client)
    path = f"/proposals/{proposal.code}/support/"
    answer = client.post(path, {"csrfmiddlewaretoken": token}, headers={"origin": origin})
    assert answer.status_code == 403
    assert not Support.objects.filter(proposal=proposal).exists()
    assert client.post(path, {"csrfmiddlewaretoken": token}, headers={"origin": "http://testserver"}).status_code == 302


def test_token_of_another_browser_is_worth_nothing():
    proposal, other = make_proposal(at=database_now()), strict(make_person())
    answer = strict(make_person()).post(
        f"/proposals/{proposal.code}/support/", {"csrfmiddlewaretoken": token_of(other)}
    )
    assert answer.status_code == 403


def test_session_alone_is_not_enough_for_a_program_and_a_key_is():
    person, proposal = make_person(), make_proposal(at=database_now())
    path = f"/api/v1/proposals/{proposal.code}/support"
    answer = strict(person).post(path, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    key = issue_token(by=person, person=person, label="test", at=NOON)
    assert Client(enforce_csrf_checks=True).post(path, headers={"authorization": f"Bearer {key}"}).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_body_that_a_foreign_form_can_send_is_no_way_round_the_token(kind):
    person, proposal = make_person(), make_proposal(at=database_now())
    answer = strict(person).post(f"/api/v1/proposals/{proposal.code}/support", "{}", content_type=kind)
    assert answer.status_code in (400, 403)
    assert not Support.objects.filter(proposal=proposal).exists()


def test_sign_in_and_sign_out_need_a_token_too():
    assert strict(None).post("/accounts/login/", {"login": "a@example.org", "password": "x"}).status_code == 403
    person = strict(make_person())
    assert person.post("/accounts/logout/").status_code == 403
    assert person.get("/me/").status_code == 200


def strict(person) -> Client:
    """A client that is bound by tokens, with the second step of the staff shown."""
    client = Client(enforce_csrf_checks=True)
    if person:
        client.force_login(person)
        if has_factor(person):
            show_second_step(client, person)
    return client


def token_of(client: Client) -> str:
    client.get("/accounts/logout/")
    return client.cookies["csrftoken"].value
