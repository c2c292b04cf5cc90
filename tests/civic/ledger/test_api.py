"""Has every refusal to a program one shape, wherever it was raised? `{code, text}`, with `field` where it has one."""

import pytest
from django.test import Client

from civic.people.actions import issue_token
from tests.making import NOON, make_fault, make_person, make_proposal

pytestmark = pytest.mark.django_db

WRITES = {
    "proposals/{}/posts": {"text": "어두워요."},
    "proposals/{}/support": {},
    "proposals/{}/answer": {"decision": "declined", "reason": "예산이 없습니다."},
    "faults/{}/me-too": {},
    "faults/{}/take": {},
    "faults/{}/repair": {"result": "램프를 갈았습니다."},
}


@pytest.fixture
def headers():
    person = make_person()
    return {"authorization": f"Bearer {issue_token(by=person, person=person, label='test', at=NOON)}"}


@pytest.mark.parametrize("once", [{}, {"idempotency-key": "1"}])
@pytest.mark.parametrize("path", WRITES)
def test_refusal_about_no_field_names_none(headers, path, once):
    for _time in range(2):
        sent = path.format("X-2026-000000")
        answer = Client().post(f"/api/v1/{sent}", WRITES[path], "application/json", headers=headers | once)
        assert (answer.status_code, set(answer.json())) == (404, {"code", "text"})


@pytest.mark.parametrize(
    "path", ["proposals/P-2026-000000", "faults/F-2026-000000", "devices/x", "rounds/x", "pilots/x/kpis"]
)
def test_nothing_there_names_no_field(path):
    answer = Client().get(f"/api/v1/{path}")
    assert (answer.status_code, set(answer.json())) == (404, {"code", "text"})


def test_refusal_about_a_field_names_it(headers):
    for path, body, field in (
        (f"proposals/{make_proposal().code}/posts", {"stance": "for", "text": ""}, "text"),
        (f"faults/{make_fault().code}/me-too", {"email": "x"}, "email"),
    ):
        answer = Client().post(f"/api/v1/{path}", body, "application/json", headers=headers)
        assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_empty_values_of_an_answer_stay():
    told = Client().get(f"/api/v1/faults/{make_fault().code}").json()
    assert (told["repaired_at"], told["planned_for"]) == (None, None)
