"""Does any address of a lamp, a vote or a pilot break under what no person types? Each answers below 500."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from civic.clocks.now import database_now
from civic.people.actions import issue_token
from civic.voting.models import OpenBallot
from tests.making import make_person
from tests.pilots import make_lamp, make_running
from tests.voting import WEEK, ids, make_open

pytestmark = pytest.mark.django_db
NAMES = [
    "%00",
    "a%00b",
    "%ED%A0%80",
    "%FF%FE",
    "9" * 30,
    "x" * 2_000,
    "%F0%9F%92%A1",
    "..%2F..",
    "%27%3B--",
    "%E2%80%AE",
]
PLACES = [
    "/devices/{}/",
    "/en/devices/{}/",
    "/l/{}/",
    "/votes/{}/",
    "/votes/{}/ballot/",
    "/votes/{}/result/",
    "/votes/{}/result/ballots.csv",
    "/pilots/{}/",
    "/en/pilots/{}/",
    "/api/v1/devices/{}",
    "/api/v1/rounds/{}",
    "/api/v1/pilots/{}/kpis",
    "/api/v1/faults/{}",
    "/api/v1/proposals/{}",
]
LISTS = ["/votes/", "/pilots/", "/faults/", "/proposals/", "/overdue/", "/live/", "/l/", "/api/v1/proposals"]
ASKED = ["page", "cursor", "district", "stage", "state", "category", "sort", "q", "dong", "tag", "limit", "bbox", "lon"]


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("place", PLACES)
def test_names_that_nothing_has_are_not_there(client, place):
    answers = {name: client.get(place.format(name)).status_code for name in NAMES}
    assert not {name: status for name, status in answers.items() if status >= 500 or status < 300}


@pytest.mark.parametrize("place", LISTS)
def test_lists_asked_for_odd_things_answer(client, place):
    values = [*NAMES, "-1", "1e9", "NaN", "0", ""]
    answers = {(a, v): client.get(f"{place}?{a}={v}").status_code for a in ASKED for v in values}
    assert not {asked: status for asked, status in answers.items() if status >= 500}


def test_pages_of_things_asked_for_odd_things_answer(client):
    now = database_now() - timedelta(minutes=1)
    round, pilot, lamp = make_open(opens_at=now, closes_at=now + WEEK, at=now), make_running(slug="a"), make_lamp()
    places = [f"/votes/{round.slug}/", f"/pilots/{pilot.slug}/", f"/devices/{lamp.tag}/", f"/l/{lamp.tag}/"]
    answers = {
        (place, asked, name): client.get(f"{place}?{asked}={name}").status_code
        for place in places
        for asked in ("page", "choices", "pair", "week")
        for name in NAMES
    }
    assert set(answers.values()) == {200}


@pytest.fixture
def round():
    now = database_now() - timedelta(minutes=1)
    return make_open(opens_at=now, closes_at=now + WEEK, at=now)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"\x00",
        b"\xff\xfe",
        b'{"choices": ["\\ud800"]}',
        b'{"choices": ["\\u0000"]}',
        b'{"choices": [NaN]}',
        b'{"choices": [Infinity]}',
        b'{"choices": [1e400]}',
        b'{"choices": [' + b"9" * 5_000 + b"]}",
        b'{"choices": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b'{"choices": [true]}',
        b'{"choices": [-1]}',
        b'{"choices": [1.5]}',
        b'{"choices": [9223372036854775808]}',
        b'{"choices": "1"}',
        b'{"choices": {"0": 1}}',
        b'{"choices": null}',
        json.dumps({"choices": list(range(10_000))}).encode(),
        json.dumps({"choices": [0] * 10_000}).encode(),
    ],
    ids=lambda body: repr(body[:30]),
)
def test_ballot_of_any_shape_is_refused_and_nothing_is_written(client, round, body):
    person = make_person()
    token = issue_token(by=person, person=person, label="test", at=database_now())
    for key in ("", "\x00", "\xff\xfe", "k"):
        headers = {"authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
        path = f"/api/v1/rounds/{round.slug}/ballot"
        answer = client.post(path, body, content_type="application/json", headers=headers)
        assert 400 <= answer.status_code < 500
        assert answer.json()["text"]
    assert not OpenBallot.objects.exists()


def test_choices_that_are_not_whole_numbers_are_no_ballot(client, round):
    """Neither a text nor a float nor a truth value stands for the option of that number."""
    person = make_person()
    token = issue_token(by=person, person=person, label="test", at=database_now())
    first = ids(round, 1)[0]
    for choices in ([str(first)], [float(first)], [True], [[first]], [{"id": first}], [first, [first]]):
        answer = client.post(
            f"/api/v1/rounds/{round.slug}/ballot",
            json.dumps({"choices": choices}),
            content_type="application/json",
            headers={"authorization": f"Bearer {token}"},
        )
        assert answer.status_code == 422, choices
    assert not OpenBallot.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        "\0",
        "1\0",
        "9" * 5_000,
        "-1",
        "1.0",
        "１",
        "\ud83d\udca1".encode("utf-16", "surrogatepass").decode("utf-16"),
        "NaN",
    ],
)
def test_boxes_of_a_ballot_that_no_page_has_come_back_with_a_sentence(client, round, sent):
    client.force_login(make_person())
    answer = client.post(f"/votes/{round.slug}/ballot/", {"choices": [sent], "cast": "1"})
    assert answer.status_code == 422
    assert not OpenBallot.objects.exists()


def test_ten_thousand_boxes_are_refused(client, round):
    client.force_login(make_person())
    boxes = "&".join(f"choices={n}" for n in range(10_000))
    form = "application/x-www-form-urlencoded"
    answer = client.post(f"/votes/{round.slug}/ballot/", boxes, content_type=form)
    assert answer.status_code in (400, 413, 422)
