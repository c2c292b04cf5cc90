"""A discussion for programs: `POST /api/v1/proposals/<id>/posts`."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from civic.clocks.now import database_now
from civic.ledger.models import Entry
from civic.people.actions import issue_token
from civic.threads.models import Post, Thread
from tests.making import make_official, make_person, make_proposal

BODY = {"stance": "question", "text": "언제 고치나요?"}


def caller(by, now):
    token = issue_token(by=by, person=by, label="test", at=now)

    def post(code, body, **headers):
        headers |= {"authorization": f"Bearer {token}"}
        path = f"/api/v1/proposals/{code}/posts"
        return Client().post(path, json.dumps(body), content_type="application/json", headers=headers)

    return post


@pytest.mark.django_db
def test_post_answers_201_and_a_reply_names_its_post(now):
    proposal, call = make_proposal(at=now), caller(make_person(), now)
    first = call(proposal.code, BODY)
    assert first.status_code == 201
    number = first.json()["id"]
    assert first.json() == {"id": number, "role": "resident", "stance": "question", "reply_to": None, "posts": 1}
    second = call(proposal.code, BODY | {"reply_to": number})
    assert (second.json()["reply_to"], second.json()["posts"]) == (number, 2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"stance": "maybe"}, "invalid", "stance"),
        ({"stance": ""}, "unknown_stance", "stance"),
        ({"text": ""}, "empty", "text"),
        ({"text": "가" * 2_001}, "too_long", "text"),
        ({"text": None}, "invalid", "text"),
        ({"reply_to": 10**9}, "unknown_post", "reply_to"),
        ({"reply_to": 10**30}, "unknown_post", "reply_to"),
        ({"reply_to": "x"}, "invalid", "reply_to"),
    ],
)
def test_post_that_does_not_fit_answers_422_by_field(now, changed, code, field):
    answer = caller(make_person(), now)(make_proposal(at=now).code, BODY | changed)
    assert answer.status_code == 422
    assert (answer.json()["code"], answer.json()["field"]) == (code, field)
    assert answer.json()["text"]
    assert Post.objects.count() == 0


@pytest.mark.django_db
def test_reply_across_proposals_answers_422(now):
    call = caller(make_person(), now)
    elsewhere = call(make_proposal(at=now).code, BODY).json()["id"]
    answer = call(make_proposal(at=now).code, BODY | {"reply_to": elsewhere})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_post")


@pytest.mark.django_db
def test_post_by_nobody_answers_401_and_to_nothing_404(now):
    proposal = make_proposal(at=now)
    path = f"/api/v1/proposals/{proposal.code}/posts"
    answer = Client().post(path, json.dumps(BODY), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in")
    assert caller(make_person(), now)("P-2026-999999", BODY).status_code == 404


@pytest.mark.django_db
def test_official_needs_no_stance(now):
    answer = caller(make_official(), now)(make_proposal(at=now).code, {"text": "오늘 확인하겠습니다."})
    assert (answer.status_code, answer.json()["role"], answer.json()["stance"]) == (201, "official", "")


@pytest.mark.django_db
def test_idempotency_key_gives_the_first_answer_again(now):
    proposal, call = make_proposal(at=now), caller(make_person(), now)
    sent = [call(proposal.code, BODY, **{"Idempotency-Key": "k1"}).json() for _n in range(2)]
    assert sent[0] == sent[1]
    assert call(proposal.code, BODY | {"text": "다른 말입니다."}, **{"Idempotency-Key": "k1"}).status_code == 422
    assert Post.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_posts_at_once_are_all_there_and_counted_once():
    now = database_now() - timedelta(minutes=1)
    proposal = make_proposal(at=now)
    calls = [caller(make_person(), now) for _n in range(12)]

    def run(call):
        try:
            return call(proposal.code, BODY).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        assert set(pool.map(run, calls)) == {201}
    thread = Thread.objects.get(key=proposal.thread.key)
    assert (thread.posts, thread.roots, thread.spoken) == (12, 12, {"resident": 12})
    counts = [entry.data["posts"] for entry in Entry.objects.filter(fact="PostWritten").order_by("pk")]
    assert sorted(counts) == list(range(1, 13))


@pytest.mark.django_db(transaction=True)
def test_one_key_sent_at_once_is_one_post():
    now = database_now() - timedelta(minutes=1)
    proposal, call = make_proposal(at=now), caller(make_person(), now)

    def run(_n):
        try:
            return call(proposal.code, BODY, **{"Idempotency-Key": "k1"}).json()["id"]
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(run, range(6)))) == 1
    assert Post.objects.count() == 1
