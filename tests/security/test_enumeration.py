"""Can a stranger find out who has an account? Not by words, not by statuses, not by what a hash costs."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from civic.clocks.now import database_now
from civic.outbox.models import Message
from civic.privacy.models import RetentionRule
from civic.privacy.purging import purge_by_night
from civic.privacy.queries.retention import last_night
from tests.mailed import CODE, LOGIN, PASSWORD, errors, sign_up
from tests.making import make_person, make_proposal
from tests.security.hashing import Counting

pytestmark = pytest.mark.django_db
OWN = re.compile(  # what differs between any two answers: tokens, the feed's place, the address that was typed
    r'value="[\w-]{32,}"|livinglab-feed" content="[^"]*"|[\w.+-]+(?:@|%40)example\.org|data-\w+-id="[^"]*"'
)


@pytest.fixture
def hashes(settings):
    settings.PASSWORD_HASHERS = ["tests.security.hashing.Counting"]
    return Counting


@pytest.fixture
def outbox(settings):
    settings.EMAIL_BACKEND = "civic.outbox.backend.OutboxEmailBackend"


def same(path, forms):
    """The answers to one form for a known and for an unknown address, with the page each leads to."""
    told = []
    for form in forms:
        client = Client()
        answer = client.post(path, form)
        page = client.get(answer["Location"]) if answer.status_code == 302 else answer
        told.append((answer.status_code, answer.get("Location"), page.status_code, OWN.sub("", page.content.decode())))
    return told[0] == told[1]


@pytest.mark.parametrize("path", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_asking_for_a_code_is_answered_alike(path, outbox):
    known = make_person(password=PASSWORD)
    assert same(path, [{"email": known.email}, {"email": "nobody@example.org"}])
    assert Message.objects.filter(recipient=known.email).count() == 1
    assert Message.objects.filter(recipient="nobody@example.org").count() == 1  # both take one mail's time


def test_wrong_password_is_answered_alike():
    known = make_person(password=PASSWORD)
    assert same(LOGIN, [{"login": known.email, "password": "wrong"}, {"login": "no@example.org", "password": "wrong"}])


def test_account_without_a_password_and_a_closed_one_are_answered_alike():
    bare, closed = make_person(), make_person(password=PASSWORD)
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)
    unknown = {"login": "no@example.org", "password": "wrong"}
    assert same(LOGIN, [{"login": bare.email, "password": "wrong"}, unknown])
    assert same(LOGIN, [{"login": closed.email, "password": "wrong"}, unknown])


def test_taken_address_signs_up_like_a_new_one(outbox):
    known = make_person(password=PASSWORD)
    new, taken = Client(), Client()
    answers = [sign_up(new, nickname="하나"), sign_up(taken, email=known.email, nickname="둘이")]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    pages = {OWN.sub("", client.get(CODE).content.decode()) for client in (new, taken)}
    assert len(pages) == 1


@pytest.mark.parametrize("days", [1, 30])
def test_nickname_asked_for_with_a_taken_address_is_free_when_one_with_a_new_address_is(outbox, days, monkeypatch):
    known, begun = make_person(password=PASSWORD), database_now()
    night = last_night(begun + timedelta(days=days)) + timedelta(days=1)
    RetentionRule.objects.update(purged_at=night - timedelta(days=1))  # it runs once a night
    RetentionRule.objects.filter(code="unconfirmed").update(days=days)
    sign_up(Client(), nickname="하나둘셋")
    sign_up(Client(), email=known.email, nickname="둘셋넷")
    taken = []
    for moment in (night - timedelta(minutes=1), night + timedelta(minutes=1)):
        purge_by_night(moment)
        monkeypatch.setattr("time.time", moment.timestamp)
        told = [errors(sign_up(Client(), nickname=name, old_enough=None)) for name in ("하나둘셋", "둘셋넷")]
        taken.append(["nickname_taken" in said.get("nickname", ()) for said in told])
    assert taken == [[True, True], [False, False]]


def test_change_to_a_taken_address_is_answered_like_one_to_a_new(outbox):
    known, told = make_person(), []
    for address in (known.email, "nobody@example.org"):
        client, person = Client(), make_person(password=PASSWORD)
        client.force_login(person)
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        answer = client.post("/accounts/email/", {"action_add": "", "email": address})
        assert answer.status_code == 302
        pages = [client.get(path) for path in (answer["Location"], "/accounts/email/", "/me/")]
        pages.append(client.post(CODE, {"code": "0000-0000"}))
        plain = [OWN.sub("", page.content.decode()).replace(person.nickname, "") for page in pages]
        told.append((answer["Location"], [page.status_code for page in pages], plain))
        assert Message.objects.filter(recipient=address).count() == 1
    assert told[0] == told[1]


@pytest.mark.parametrize("kind", ["known", "bare", "unknown"])
def test_password_is_hashed_once_whoever_is_asked_for(kind, hashes):
    known, bare = make_person(password=PASSWORD), make_person()
    address = {"known": known.email, "bare": bare.email, "unknown": "no@example.org"}[kind]
    hashes.times = 0
    Client().post(LOGIN, {"login": address, "password": "wrong"})
    assert hashes.times == 1


def test_sign_up_hashes_once_whether_the_address_is_taken_or_not(hashes, outbox):
    known = make_person(password=PASSWORD)
    hashes.times = 0
    sign_up(Client(), nickname="하나")
    new, hashes.times = hashes.times, 0
    sign_up(Client(), email=known.email, nickname="둘이")
    assert (new, hashes.times) == (1, 1)


def test_address_stands_on_no_page_for_others():
    proposal = make_proposal()
    for path in (f"/proposals/{proposal.code}/", f"/api/v1/proposals/{proposal.code}", "/proposals/"):
        assert "@example.org" not in Client().get(path).content.decode()
