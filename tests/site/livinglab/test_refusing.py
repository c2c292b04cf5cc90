"""What cannot be taken is refused with a sentence, and nothing written is lost where it can be kept."""

import pytest
from django.test import Client

from civic.people.actions import issue_token
from tests.making import DOSEON, NOON, make_official, make_person, make_reviewed

pytestmark = pytest.mark.django_db

FORM = {
    "title": "꺼진 보안등, 먼저 알려 주세요",
    "problem": "등 하나만 나가도 서른 걸음이 통째로 깜깜해집니다.",
    "proposal": "등이 스스로 고장을 알리게 해 주세요.",
    "category": "safety",
    "dong": DOSEON,
}


def strict(person=None):
    client = Client(enforce_csrf_checks=True)
    if person:
        client.force_login(person)
    return client


def test_stale_token_keeps_the_words_of_a_proposal_and_the_fresh_one_works():
    client = strict(make_person())
    stale = client.post("/proposals/new/", FORM | {"csrfmiddlewaretoken": "x" * 64})
    assert stale.status_code == 403
    assert FORM["problem"] in stale.content.decode()
    token = stale.context["csrf_token"]
    assert client.post("/proposals/new/", FORM | {"csrfmiddlewaretoken": str(token)}).status_code == 302


def test_stale_token_keeps_the_words_of_an_answer():
    proposal = make_reviewed()
    words = {"decision": "adopted", "reason": "구간을 정해 시험하겠습니다."}
    answer = strict(make_official()).post(f"/proposals/{proposal.code}/answer/", words)
    assert answer.status_code == 403
    assert words["reason"] in answer.content.decode()
    proposal.refresh_from_db()
    assert proposal.state == "dept_review"


def test_stale_token_elsewhere_says_what_to_do():
    answer = strict(make_person()).post("/en/accounts/logout/")
    assert (answer.status_code, "open the page once more" in answer.content.decode()) == (403, True)


def test_body_too_large_answers_413_on_a_form_and_as_json():
    person = make_person()
    client = Client()
    client.force_login(person)
    assert client.post("/proposals/new/", FORM | {"problem": "가" * 400_000}).status_code == 413
    token = issue_token(by=person, person=person, label="test", at=NOON)
    body = '{"title": "' + "a" * 1_100_000 + '"}'
    headers = {"authorization": f"Bearer {token}"}
    answer = client.post("/api/v1/proposals", body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "/api/v1/nope", 404, "not_found"),
        ("get", "/api/v1/nope/", 404, "not_found"),
        ("get", "/api/v1/proposals/", 404, "not_found"),
        ("get", "/live/nope", 404, "not_found"),
        ("put", "/api/v1/proposals", 405, "not_allowed"),
    ],
)
def test_errors_for_programs_are_code_and_text(method, path, status, code):
    answer = getattr(Client(), method)(path, headers={"accept-language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["text"].isascii()


def test_step_that_an_address_does_not_take_gets_a_page():
    answer = Client().post("/en/overdue/")
    assert (answer.status_code, "takes no such step" in answer.content.decode()) == (405, True)
    assert answer["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/proposals/", "/overdue/", "/policy/", "/live/snapshot"])
def test_head_is_answered_like_get(path):
    assert Client().head(path).status_code == 200


def test_answers_to_a_session_are_kept_by_no_cache():
    client = Client()
    client.force_login(make_person())
    for path in ("/", "/proposals/", "/proposals/new/", "/accounts/password/change/"):
        assert "private" in client.get(path)["Cache-Control"], path
    assert "private" not in Client().get("/proposals/").headers.get("Cache-Control", "")


def test_language_links_never_lead_to_another_host():
    page = Client().get("/en//evil.example/").content.decode()
    assert 'href="//' not in page
