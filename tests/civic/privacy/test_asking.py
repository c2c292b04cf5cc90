"""Is somebody asked again when a text has changed, before they go on, and nobody else, and nothing lost?"""

from urllib.parse import quote

import pytest
from django.test import Client

from civic.clocks.now import database_now
from civic.limits.figures import LIMITS, Limit
from civic.limits.rules import YOU_TOO_OFTEN
from civic.people.models import Person
from civic.people.queries import PLACE, agrees_to, consents_due
from tests.civic.people.test_consents import newer
from tests.counting import cost
from tests.making import make_person, make_proposal
from tests.privacy_examples import agreed
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
PAGE = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def person() -> Person:
    person = make_person()
    agreed(person)
    return person


def asked(client: Client, path: str) -> bool:
    answer = client.get(path, headers=PAGE)
    return answer.status_code == 302 and answer["Location"].partition("?")[0].endswith("/me/consents/")


def test_page_leads_to_the_question_and_back(person: Person) -> None:
    newer("terms")
    client = signed_in(person)
    answer = client.get("/proposals/?state=open", headers=PAGE)
    assert answer["Location"] == f"/me/consents/?next={quote('/proposals/?state=open', safe='')}"
    done = client.post("/me/consents/", {"consent_terms": "on", "next": "/proposals/?state=open"})
    assert (done.status_code, done["Location"]) == (302, "/proposals/?state=open")
    assert not asked(client, "/proposals/")


def test_answer_given_too_often_is_refused_in_the_form_and_nothing_is_agreed_to(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer("terms")
    monkeypatch.setitem(LIMITS, "consents", Limit(of_person=0, of_address=9, seconds=3600))
    answer = signed_in(person).post("/me/consents/", {"consent_terms": "on"})
    assert answer.status_code == 422
    assert str(YOU_TOO_OFTEN.text) in answer.content.decode()
    assert consents_due(person)


def test_question_in_english_comes_from_an_english_page(person: Person) -> None:
    newer("terms")
    assert signed_in(person).get("/en/proposals/", headers=PAGE)["Location"].startswith("/en/me/consents/")


def test_nobody_is_asked_who_is_signed_out_agreed_or_a_program(person: Person) -> None:
    assert not asked(signed_in(person), "/proposals/")
    newer("terms")
    assert not asked(Client(), "/proposals/")
    assert signed_in(person).get("/api/v1/proposals", headers={"Accept": "application/json"}).status_code == 200
    assert signed_in(person).get("/proposals/", headers={"Accept": "*/*"}).status_code == 200


def test_own_data_leaving_and_the_texts_stay_open_meanwhile(person: Person) -> None:
    newer("account")
    client = signed_in(person)
    paths = ("/me/", "/me/privacy/", "/me/leave/", "/privacy/", "/privacy/account/", "/accounts/logout/")
    assert [path for path in paths if asked(client, path)] == []


def test_form_already_begun_is_not_lost(person: Person) -> None:
    proposal = make_proposal(at=database_now())
    newer("terms")
    answer = signed_in(person).post(f"/proposals/{proposal.code}/support/", headers=PAGE)
    assert "/me/consents/" not in answer.get("Location", "")
    proposal.refresh_from_db()
    assert proposal.supports == 1


def test_optional_text_that_is_not_ticked_again_is_taken_back(person: Person) -> None:
    newer(PLACE)
    client = signed_in(person)
    assert asked(client, "/proposals/")
    assert client.post("/me/consents/", {}).status_code == 302
    person.refresh_from_db()
    assert (agrees_to(person, PLACE), consents_due(person), person.consent_due) == (False, [], False)


def test_required_text_that_is_not_ticked_is_a_form_error(person: Person) -> None:
    newer("terms")
    answer = signed_in(person).post("/me/consents/", {})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["consent_terms"]


def test_no_box_is_ticked_before(person: Person) -> None:
    newer("terms")
    page = signed_in(person).get("/me/consents/").content.decode()
    assert 'name="consent_terms"' in page
    assert "checked" not in page


@pytest.mark.parametrize("after", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(person: Person, after: str) -> None:
    newer("terms")
    done = signed_in(person).post("/me/consents/", {"consent_terms": "on", "next": after})
    assert (done.status_code, done["Location"]) == (302, "/me/")


def test_question_costs_no_query_more(person: Person) -> None:
    client = signed_in(person)
    with_html = cost(lambda: client.get("/proposals/", headers=PAGE))
    without = cost(lambda: client.get("/proposals/", headers={"Accept": "*/*"}))
    assert with_html == without
