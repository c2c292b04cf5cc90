"""How often may one try? Each way in and each write has an end, for accounts and for addresses, in every process."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from allauth.core.internal.ratelimit import get_rates
from django.core.management import call_command
from django.db import connection
from django.test import Client

from civic.clocks.now import database_now
from civic.ledger.models import Entry
from civic.limits import figures
from civic.outbox.models import Message
from civic.people.actions import give_consents, issue_token
from civic.people.queries import PLACE, documents_in_force
from civic.proposals.models import Proposal
from tests.mailed import CODE, LOGIN, PASSWORD, code_in, errors, mail_to, sign_up, signed_in_as
from tests.making import DOSEON, NOON, make_lamp, make_official, make_person, make_proposal, make_reviewed
from tests.signing import signed_in
from tests.voting import WEEK, ids, make_open

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "꺼진 보안등, 먼저 알려 주세요",
    "problem": "등 하나만 나가도 서른 걸음이 통째로 깜깜해집니다.",
    "proposal": "등이 스스로 고장을 알리게 해 주세요.",
    "category": "safety",
    "dong": DOSEON,
}


@pytest.fixture
def narrow(monkeypatch):
    """Two of everything, so that a test needs three."""
    for what, limit in figures.LIMITS.items():
        monkeypatch.setitem(figures.LIMITS, what, replace(limit, of_person=2))


@pytest.fixture
def outbox(settings):
    settings.EMAIL_BACKEND = "civic.outbox.backend.OutboxEmailBackend"


# --- writes -----------------------------------------------------------------------------------


def program_paths():
    """What is counted by its kind: path and body of each write for programs, and who may."""
    now = database_now()
    round = make_open(opens_at=now, closes_at=now + WEEK, at=now)
    proposal, reviewed, lamp = make_proposal(at=now), make_reviewed(at=now), make_lamp()
    resident, official = make_person(), make_official()
    return [
        ("proposals", WORDS, make_person()),
        (f"proposals/{proposal.code}/support", {}, resident),
        (f"proposals/{proposal.code}/posts", {"stance": "for", "text": "밝으면 좋겠습니다."}, resident),
        (f"rounds/{round.slug}/ballot", {"choices": ids(round, 1)}, resident),
        ("faults", {"device": lamp.tag, "category": "dark"}, resident),
        (f"proposals/{reviewed.code}/answer", {"decision": "declined", "reason": "아직 볼 것이 있습니다."}, official),
    ]


def test_program_that_writes_without_end_gets_429_and_is_told_when_to_come_back(narrow):
    for path, body, person in program_paths():
        headers = {"authorization": f"Bearer {issue_token(by=person, person=person, label='test', at=NOON)}"}
        told = [
            Client().post(f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers=headers)
            for _n in range(3)
        ]
        last = told[-1]
        assert 429 not in {answer.status_code for answer in told[:2]}, path
        assert (last.status_code, last.json()["code"]) == (429, "too_often"), path
        assert last.json()["text"]
        assert 1 <= int(last["Retry-After"]) <= 3600, path


def test_refusal_for_haste_is_no_answer_to_keep_under_a_repeatable_key(narrow, monkeypatch):
    person, proposal = make_person(), make_proposal(at=database_now())
    key = issue_token(by=person, person=person, label="test", at=NOON)
    headers = {"authorization": f"Bearer {key}", "Idempotency-Key": "mine"}
    path = f"/api/v1/proposals/{proposal.code}/support"
    monkeypatch.setitem(figures.LIMITS, "support", replace(figures.LIMITS["support"], of_person=0))
    assert Client().post(path, headers=headers).status_code == 429
    monkeypatch.setitem(figures.LIMITS, "support", replace(figures.LIMITS["support"], of_person=9))
    assert Client().post(path, headers=headers).status_code == 200


def test_form_that_is_sent_without_end_keeps_its_words_and_says_so(narrow):
    person = signed_in(make_person())
    for n in range(2):
        assert person.post("/proposals/new/", WORDS | {"title": f"꺼진 보안등 {n}호"}).status_code == 302
    answer = person.post("/proposals/new/", WORDS)
    assert (answer.status_code, WORDS["problem"] in answer.content.decode()) == (429, True)
    assert int(answer["Retry-After"]) > 0
    assert Proposal.objects.count() == 2


def test_other_forms_answer_429_with_the_page_as_it_was(narrow):
    now = database_now()
    person, proposal = signed_in(make_person()), make_proposal(at=now)
    round = make_open(opens_at=now, closes_at=now + WEEK, at=now)
    said = {"stance": "for", "text": "밝으면 좋겠습니다."}
    for path, form in (
        (f"/proposals/{proposal.code}/support/", {}),
        (f"/proposals/{proposal.code}/posts/new/", said),
        (f"/votes/{round.slug}/ballot/", {"choices": ids(round, 1), "cast": "1"}),
        ("/me/tokens/", {"label": "달력"}),
        (f"/l/{make_lamp().tag}/", {"category": "dark"}),
    ):
        statuses = [person.post(path, form).status_code for _n in range(3)]
        assert statuses[:2].count(429) == 0, path
        assert statuses[2] in (422, 429), path  # a form with an error of its own, or the page again


def test_guests_and_accounts_behind_one_address_are_counted_together(monkeypatch):
    proposal = make_proposal(at=database_now())
    monkeypatch.setitem(figures.LIMITS, "support", replace(figures.LIMITS["support"], of_address=2))
    path = f"/proposals/{proposal.code}/support/"
    statuses = []
    for address in ("203.0.113.5", "203.0.113.5", "203.0.113.5", "203.0.113.6"):
        statuses.append(signed_in(make_person()).post(path, REMOTE_ADDR=address).status_code)
    assert statuses == [302, 302, 429, 302]


def test_address_that_a_visitor_invents_is_not_believed(settings, monkeypatch):
    proposal = make_proposal(at=database_now())
    monkeypatch.setitem(figures.LIMITS, "support", replace(figures.LIMITS["support"], of_address=1))
    path, statuses = f"/proposals/{proposal.code}/support/", []
    for n in range(2):
        made_up = {"x-forwarded-for": f"198.51.100.{n}"}
        client = signed_in(make_person())
        statuses.append(client.post(path, REMOTE_ADDR="203.0.113.5", headers=made_up).status_code)
    assert statuses == [302, 429]


# --- the way in -------------------------------------------------------------------------------


def test_sixth_wrong_password_is_held_back_even_if_the_next_is_right():
    person = make_person(password=PASSWORD)
    for _n in range(5):
        Client().post(LOGIN, {"login": person.email, "password": "wrong"})
    client = Client()
    answer = client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    assert errors(answer) == {"__all__": ["too_many_login_attempts"]}
    assert signed_in_as(client) == ""


def test_one_password_against_many_accounts_is_held_back_by_address():
    people = [make_person(password=PASSWORD) for _n in range(12)]
    answers = [Client().post(LOGIN, {"login": person.email, "password": "wrong"}) for person in people]
    assert errors(answers[0]) == {"__all__": ["email_password_mismatch"]}
    assert errors(answers[-1]) == {"__all__": ["too_many_login_attempts"]}


@pytest.mark.django_db(transaction=True)
def test_guesses_from_many_processes_at_once_are_one_count(settings):
    settings.CACHES = {"default": {"BACKEND": "livinglab.shared_cache.SharedCache", "LOCATION": "shared_cache"}}
    call_command("createcachetable", verbosity=0)
    person = make_person(password=PASSWORD)

    def guess(n):
        try:
            form = {"login": person.email, "password": f"wrong{n}"}
            return Client(REMOTE_ADDR=f"198.51.100.{n}").post(f"/en{LOGIN}", form).content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as crowd:
        told = list(crowd.map(guess, range(18)))
    assert 1 <= sum("do not belong together" in page for page in told) <= 5


def test_mailed_code_falls_after_three_guesses(outbox):
    client = Client()
    sign_up(client)
    right = code_in(mail_to("lamp@example.org"))
    for n in range(3):
        client.post(CODE, {"code": f"{n}{n}{n}{n}-0000"})
    client.post(CODE, {"code": right})
    assert signed_in_as(client) == ""


def test_mailbox_of_somebody_is_not_filled_with_codes(outbox):
    person = make_person()
    for _n in range(30):
        Client().post("/accounts/login/code/", {"email": person.email})
        Client().post("/accounts/password/reset/", {"email": person.email})
    assert Message.objects.filter(recipient=person.email).count() <= 8


@pytest.mark.parametrize("path", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_stranger_who_uses_up_their_share_of_mail_leaves_the_owner_their_own(outbox, path):
    person = make_person()
    for _n in range(8):
        told = Client(REMOTE_ADDR="203.0.113.5").post(path, {"email": person.email})
    assert errors(told) == {"email": ["rate_limited"]}
    before = Message.objects.filter(recipient=person.email).count()
    Client(REMOTE_ADDR="198.51.100.1").post(path, {"email": person.email.upper()})
    assert Message.objects.filter(recipient=person.email).count() == before + 1 <= 6


@pytest.mark.parametrize("path", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_mailbox_is_not_filled_from_many_networks_either(outbox, path):
    person = make_person()
    for n in range(40):
        Client(REMOTE_ADDR=f"198.51.100.{n}").post(path, {"email": person.email})
    assert Message.objects.filter(recipient=person.email).count() <= 15


def test_limits_of_the_way_in_outlast_a_minute():
    for action in ("signup", "login_failed", "request_login_code", "reset_password"):
        assert max(rate.duration for rate in get_rates(app="allauth.account", action=action)) == 3600, action


def test_account_that_agrees_and_takes_back_without_end_is_held_back(narrow):
    person = make_person()
    give_consents(person=person, documents=documents_in_force(), network="192.0.2.1", at=database_now())
    client, before = signed_in(person), Entry.objects.count()
    for _n in range(5):
        client.post(f"/me/privacy/{PLACE}/withdraw/")
        client.post(f"/me/privacy/{PLACE}/give/")
    assert Entry.objects.count() - before == 2
