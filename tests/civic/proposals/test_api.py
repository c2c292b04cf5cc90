"""Proposals for programs: every answer a status, a code and a sentence."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from civic.people.actions import issue_token
from civic.proposals.models import Proposal, Support
from tests.making import DOSEON, add_supports, make_official, make_person, make_proposal

pytestmark = pytest.mark.django_db

BODY = {
    "title": "꺼진 보안등, 먼저 알려 주세요",
    "problem": "등 하나만 나가도 서른 걸음이 통째로 깜깜해집니다.",
    "proposal": "등이 스스로 고장을 알리게 해 주세요.",
    "effect": "밤길이 밝아집니다.",
    "category": "safety",
    "dong": DOSEON,
    "tags": ["보안등", "골목길"],
}


@pytest.fixture
def call(now):
    """Post JSON as a person with a token, or as nobody."""

    def post(path, body=None, *, by=None, client=None, **headers):
        client = client or Client()
        if by is not None:
            headers["authorization"] = f"Bearer {issue_token(by=by, person=by, label='test', at=now)}"
        return client.post(f"/api/v1/{path}", json.dumps(body or {}), content_type="application/json", headers=headers)

    return post


def test_proposal_created_answers_201_with_its_number(call):
    answer = call("proposals", BODY, by=make_person())
    assert answer.status_code == 201
    made = Proposal.objects.get()
    assert answer.json() == {"id": made.code, "state": "open", "supports": 0}
    assert sorted(tag.name for tag in made.tags.all()) == ["골목길", "보안등"]


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"dong": "9999999999"}, "unknown_dong", "dong"),
        ({"dong": "\0"}, "unwritable", "dong"),
        ({"category": "weather"}, "unknown_category", "category"),
        ({"title": "가" * 101}, "too_long", "title"),
        ({"problem": "가" * 3001}, "too_long", "problem"),
        ({"proposal": "<script>alert(1)</script>"}, "too_short", "proposal"),
        ({"tags": 7}, "invalid", "tags"),
        ({"problem": "<b>" * 5_000}, "too_long", "problem"),
        ({"title": "\ud800\ud800\ud800\ud800\ud800"}, "unwritable", "title"),
        ({"title": None}, "invalid", "title"),
    ],
)
def test_proposal_that_does_not_fit_answers_422_by_field(call, changed, code, field):
    answer = call("proposals", BODY | changed, by=make_person())
    assert answer.status_code == 422
    assert (answer.json()["code"], answer.json()["field"]) == (code, field)
    assert answer.json()["text"]
    assert Proposal.objects.count() == 0


def test_body_that_is_not_json_answers_400(now):
    person = make_person()
    token = issue_token(by=person, person=person, label="test", at=now)
    headers = {"authorization": f"Bearer {token}"}
    answer = Client().post("/api/v1/proposals", "{", content_type="application/json", headers=headers)
    assert answer.status_code == 400
    assert answer.json()["code"] == "not_json"


def test_support_by_nobody_answers_401(call, now):
    proposal = make_proposal(at=now)
    answer = call(f"proposals/{proposal.code}/support")
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in")


def test_support_with_a_wrong_token_answers_401(call, now):
    proposal = make_proposal(at=now)
    answer = call(f"proposals/{proposal.code}/support", authorization="Bearer wrong")
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in")


def test_support_counts_once_and_can_be_withdrawn(call, now):
    person, proposal = make_person(), make_proposal(at=now)
    path = f"proposals/{proposal.code}"
    assert call(f"{path}/support", by=person).json() == {"supports": 1, "state": "open"}
    again = call(f"{path}/support", by=person)
    assert (again.status_code, again.json()["code"]) == (409, "already_supported")
    assert call(f"{path}/withdraw-support", by=person).json() == {"supports": 0, "state": "open"}


def test_support_of_own_proposal_answers_403(call, now):
    author = make_person()
    answer = call(f"proposals/{make_proposal(author, at=now).code}/support", by=author)
    assert (answer.status_code, answer.json()["code"]) == (403, "own_proposal")


def test_support_after_the_deadline_answers_409(call, now):
    proposal = make_proposal(at=now - timedelta(days=40))
    answer = call(f"proposals/{proposal.code}/support", by=make_person())
    assert (answer.status_code, answer.json()["code"]) == (409, "window_closed")


def test_support_of_nothing_answers_404(call):
    answer = call("proposals/P-2026-999999/support", by=make_person())
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_proposal")


def test_refusal_speaks_the_language_that_was_asked_for(call, now):
    author = make_person()
    path = f"proposals/{make_proposal(author, at=now).code}/support"
    english = call(path, by=author, accept_language="en").json()["text"]
    assert english == "You cannot support your own proposal. Neighbours can."
    assert call(path, by=author).json()["text"] != english


def test_session_without_csrf_token_answers_403(now):
    person, proposal = make_person(), make_proposal(at=now)
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    answer = client.post(f"/api/v1/proposals/{proposal.code}/support", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    assert not Support.objects.exists()


def test_idempotency_key_replayed_gets_the_first_answer_again(call):
    person = make_person()
    first = call("proposals", BODY, by=person, idempotency_key="k-1")
    second = call("proposals", BODY, by=person, idempotency_key="k-1")
    assert (second.status_code, second.json()) == (201, first.json())
    assert Proposal.objects.count() == 1


def test_idempotency_key_with_another_body_is_refused(call):
    person = make_person()
    call("proposals", BODY, by=person, idempotency_key="k-1")
    other = call("proposals", BODY | {"title": "다른 제목입니다"}, by=person, idempotency_key="k-1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")


def test_idempotency_key_too_long_is_refused_and_nothing_is_written(call):
    answer = call("proposals", BODY, by=make_person(), idempotency_key="k" * 121)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_length")
    assert Proposal.objects.count() == 0


def test_idempotency_key_of_another_person_is_their_own(call):
    assert call("proposals", BODY, by=make_person(), idempotency_key="k-1").status_code == 201
    assert call("proposals", BODY, by=make_person(), idempotency_key="k-1").status_code == 201
    assert Proposal.objects.count() == 2


def test_idempotency_key_keeps_a_refusal_too(call, now):
    person, proposal = make_person(), make_proposal(at=now)
    path = f"proposals/{proposal.code}/withdraw-support"
    assert call(path, by=person, idempotency_key="k-2").json()["code"] == "not_supported"
    call(f"proposals/{proposal.code}/support", by=person)
    assert call(path, by=person, idempotency_key="k-2").json()["code"] == "not_supported"
    assert Proposal.objects.get().supports == 1


def test_answer_by_an_official_decides(call, now):
    proposal = add_supports(make_proposal(at=now), 30, at=now)
    body = {"decision": "adopted", "reason": "구간을 정해 시험하겠습니다.", "planned": "2027년 3월"}
    answer = call(f"proposals/{proposal.code}/answer", body, by=make_official())
    assert (answer.status_code, answer.json()) == (200, {"supports": 30, "state": "adopted"})


def test_answer_by_an_official_of_the_other_district_answers_403(call, now):
    proposal = add_supports(make_proposal(at=now), 30, at=now)
    body = {"decision": "declined", "reason": "우리 구의 일이 아닙니다, 아마도."}
    answer = call(f"proposals/{proposal.code}/answer", body, by=make_official("11530"))
    assert (answer.status_code, answer.json()["code"]) == (403, "not_official")


def test_answer_with_an_unknown_decision_answers_422(call, now):
    proposal = add_supports(make_proposal(at=now), 30, at=now)
    body = {"decision": "maybe", "reason": "생각해 보겠습니다, 언젠가."}
    answer = call(f"proposals/{proposal.code}/answer", body, by=make_official())
    assert (answer.status_code, answer.json()["field"]) == (422, "decision")


def test_list_filters_and_pages(now):
    for n in range(3):
        make_proposal(at=now + timedelta(seconds=n))
    answer = Client().get("/api/v1/proposals", {"page_size": 2, "page": 2, "district": "11200"})
    assert answer.json()["count"] == 3
    assert len(answer.json()["items"]) == 1
    assert Client().get("/api/v1/proposals", {"page": 0}).status_code == 422


@pytest.mark.parametrize("number", [1, 30])
def test_list_needs_the_same_queries_for_one_and_for_thirty(now, number, django_assert_num_queries):
    for _n in range(number):
        make_proposal(at=now)
    with django_assert_num_queries(3):  # proposals with place and policy, tags, counts
        Client().get("/api/v1/proposals", {"page_size": 100})


def test_openapi_document_names_every_call():
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    assert set(paths) >= {
        "/api/v1/proposals",
        "/api/v1/proposals/{code}/support",
        "/api/v1/proposals/{code}/withdraw-support",
        "/api/v1/proposals/{code}/answer",
    }


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("state=nonsense", "state"),
        ("category=nonsense", "category"),
        ("district=xx", "district"),
        ("dong=11200", "dong"),
        ("sort=luck", "sort"),
        ("page=abc", "page"),
    ],
)
def test_filter_that_cannot_be_is_refused_by_its_name(query, field):
    answer = Client().get(f"/api/v1/proposals?{query}")
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, "invalid", field)


def test_filter_that_is_empty_or_fits_narrows_the_list():
    make_proposal()
    for query, count in (("state=&district=", 1), ("state=open&category=safety", 1), ("state=declined", 0)):
        assert Client().get(f"/api/v1/proposals?{query}").json()["count"] == count


def test_description_tells_bounds_choices_and_what_holds_for_every_call():
    document = Client().get("/api/v1/openapi.json").json()
    body = document["components"]["schemas"]["ProposalIn"]["properties"]
    assert (body["title"]["minLength"], body["problem"]["minLength"]) == (5, 10)
    assert len(body["category"]["enum"]) == 12
    calls = document["paths"]["/api/v1/proposals"]
    assert "422" in calls["get"]["responses"]
    assert "Retry-After" in calls["post"]["responses"]["429"]["headers"]
    assert [header["name"] for header in calls["post"]["parameters"]] == ["Idempotency-Key"]


def test_caller_without_a_token_is_told_which_proof_is_asked_for():
    assert Client().post("/api/v1/proposals", BODY, content_type="application/json")["WWW-Authenticate"] == "Bearer"
