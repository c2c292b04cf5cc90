"""Is somebody asked again when a text has changed, before they go on, and nobody else, and nothing lost?"""

from html import escape
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils.translation import override

from civic.clocks.now import database_now
from civic.faults.actions import report_fault, take_fault
from civic.limits.figures import LIMITS, Limit
from civic.limits.rules import YOU_TOO_OFTEN
from civic.people.actions import give_consents, issue_token
from civic.people.models import Person
from civic.people.queries import PLACE, agrees_to, consents_due
from civic.people.rules.powers import CONSENT_DUE
from civic.proposals.actions import support_proposal, withdraw_support
from civic.refusals import Refused
from tests.civic.people.test_consents import newer
from tests.counting import cost
from tests.making import make_fault, make_lamp, make_official, make_person, make_proposal
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


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_form_already_begun_waits_for_the_answer_and_keeps_its_words(person: Person, prefix: str) -> None:
    proposal = make_proposal(at=database_now())
    form, words = f"{prefix}/proposals/{proposal.code}/posts/new/", {"stance": "for", "text": "밤마다 무섭습니다."}
    newer("terms")
    client = signed_in(person)
    answer = client.post(form, words, headers=PAGE)
    with override("en" if prefix else "ko"):
        said = escape(str(CONSENT_DUE.text))
    page = answer.content.decode()
    assert (answer.status_code, said in page, words["text"] in page) == (403, True, True)
    client.post("/me/consents/", {"consent_terms": "on"})
    assert client.post(form, words, headers=PAGE).status_code == 302


def test_program_waits_for_the_answer_too_and_reads_meanwhile(person: Person) -> None:
    proposal = make_proposal(at=database_now())
    headers = {"authorization": f"Bearer {issue_token(by=person, person=person, label='t', at=database_now())}"}
    path = f"/api/v1/proposals/{proposal.code}"
    newer("terms")
    answer = Client().post(f"{path}/support", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "consent_due")
    assert Client().get(path, headers=headers).status_code == 200
    person.refresh_from_db()
    give_consents(person=person, documents=consents_due(person), network="", at=database_now())
    assert Client().post(f"{path}/support", headers=headers).status_code == 200


def test_office_waits_for_the_answer_too() -> None:
    official, fault = make_official(), make_fault()
    newer("terms")
    official.refresh_from_db()
    with pytest.raises(Refused) as caught:
        take_fault(by=official, fault=fault, at=database_now())
    assert caught.value.refusal.code == "consent_due"


def test_taking_back_and_reporting_wait_for_nothing(person: Person) -> None:
    proposal = make_proposal(at=database_now())
    support_proposal(by=person, proposal=proposal, at=database_now())
    newer("terms")
    person.refresh_from_db()
    withdraw_support(by=person, proposal=proposal, at=database_now())
    report_fault(by=person, device=make_lamp(), category="dark", at=database_now())


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
