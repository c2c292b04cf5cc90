"""Can a body break what reads it? Depth, numbers without end, a thousand fields, halves of characters: refused."""

import pytest
from django.test import Client

from civic.devices.actions import issue_device_token
from civic.people.actions import issue_token
from tests.making import NOON, make_lamp, make_person

pytestmark = pytest.mark.django_db
DEPTH = 100_000
BODIES = {
    "a hundred thousand lists": "[" * DEPTH + "]" * DEPTH,
    "a hundred thousand lists in a field": '{"title": ' + "[" * DEPTH + "]" * DEPTH + "}",
    "a hundred thousand things": '{"title": ' + '{"a":' * DEPTH + "1" + "}" * DEPTH + "}",
    "lists without an end": "[" * DEPTH,
    "number of 100,000 digits": '{"title": ' + "9" * 100_000 + "}",
    "no number": '{"title": NaN, "problem": Infinity}',
    "the same name a thousand times": "{" + ", ".join('"title": "x"' for _n in range(1_000)) + "}",
    "no text": "\x00\x00\x00",
    "a text": '"title"',
    "nothing": "",
}
WRITES = ["proposals", "faults"]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("path", WRITES)
def test_body_of_any_shape_is_refused_with_a_sentence(path, body):
    person = make_person()
    key = {"authorization": f"Bearer {issue_token(by=person, person=person, label='test', at=NOON)}"}
    answer = Client(raise_request_exception=False).post(
        f"/api/v1/{path}", BODIES[body], content_type="application/json", headers=key
    )
    assert answer.status_code in (400, 413, 422)
    assert answer.json()["text"]


@pytest.mark.parametrize("body", BODIES)
def test_readings_of_any_shape_are_refused(body):
    lamp = make_lamp()
    key = {"authorization": f"Bearer {issue_device_token(device=lamp, at=NOON)}"}
    answer = Client(raise_request_exception=False).post(
        "/ingest/v1/observations", BODIES[body], content_type="application/json", headers=key
    )
    assert answer.status_code < 500
    assert answer.json()


def test_form_of_ten_thousand_fields_is_refused():
    client = Client(raise_request_exception=False)
    assert client.post("/accounts/login/", {f"field{n}": "x" for n in range(10_000)}).status_code == 400


def test_form_of_a_million_letters_is_refused():
    client = Client(raise_request_exception=False)
    answer = client.post(
        "/accounts/login/", "login=" + "x" * 1_100_000, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413
