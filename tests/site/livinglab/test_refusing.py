"""What cannot be taken is refused with a sentence, nothing written is lost, and what broke is told on a page."""

import pytest
from django.test import Client, RequestFactory
from django.urls import get_resolver
from django_vite.core.asset_loader import DjangoViteAssetLoader
from pytest_django import Settings

from civic.people.actions import issue_token
from civic.proposals.actions import discuss_proposal
from livinglab.refusing import PLAIN, server_error
from tests.making import DOSEON, NOON, make_official, make_person, make_proposal, make_reviewed

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


def test_stale_token_keeps_the_words_of_a_post_and_of_a_reply():
    proposal = make_proposal()
    above = discuss_proposal(by=make_person(), proposal=proposal, stance="for", text="밝으면 좋겠습니다.", at=NOON)
    client = strict(make_person())
    said = {"stance": "question", "text": "언제부터 밝아지나요?", "csrfmiddlewaretoken": "x" * 64}
    for query in ("", f"?reply_to={above.pk}"):
        stale = client.post(f"/proposals/{proposal.code}/posts/new/{query}", said)
        assert (stale.status_code, said["text"] in stale.content.decode()) == (403, True)
        fresh = said | {"csrfmiddlewaretoken": str(stale.context["csrf_token"])}
        assert client.post(f"/proposals/{proposal.code}/posts/new/{query}", fresh).status_code == 302


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
        ("get", "/ingest/v1/observations", 405, "not_allowed"),
        ("post", "/api/v1/proposals/", 404, "not_found"),
        ("post", "/ingest/v1/nope", 404, "not_found"),
    ],
)
def test_errors_for_programs_are_code_and_text(method, path, status, code):
    answer = getattr(Client(enforce_csrf_checks=True), method)(path, headers={"accept-language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["text"].isascii()
    assert ("Allow" in answer) is (status == 405)


@pytest.mark.parametrize("path", ["/overdue/", "/live/"])
def test_step_that_an_address_does_not_take_gets_a_page(path):
    answer = Client().post(path)
    assert (answer.status_code, answer["Content-Type"]) == (405, "text/html; charset=utf-8")
    assert "takes no such step" in Client().post(f"/en{path}").content.decode()
    assert answer["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/proposals/", "/overdue/", "/policy/", "/live/snapshot", "/api/v1/proposals"])
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


def test_the_site_asks_for_this_page() -> None:
    assert get_resolver().resolve_error_handler(500) is server_error


def test_an_error_is_told_in_the_sites_own_frame() -> None:
    answer = server_error(RequestFactory().get("/"))
    assert (answer.status_code, b'class="error-page"' in answer.content) == (500, True)


def test_a_broken_build_leaves_a_sentence_in_both_languages(
    settings: Settings, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DjangoViteAssetLoader, "_instance", None)
    settings.DJANGO_VITE = {"default": {**settings.DJANGO_VITE["default"], "manifest_path": tmp_path / "none.json"}}
    answer = server_error(RequestFactory().get("/"))
    assert (answer.status_code, answer.content.decode()) == (500, PLAIN)
    assert "저희 쪽에서 오류가 났습니다" in PLAIN
    assert "Something broke on our side." in PLAIN
    assert "style" not in PLAIN
