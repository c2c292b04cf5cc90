"""Does a secret ever stand in a log or on the page of an error? Planted ones are looked for after all went wrong."""

import io
import json
import logging

import pytest
from django.db import connection
from django.test import Client
from django.urls import path

from civic.feed import masked as masking
from civic.feed.masked import MASK, masked
from civic.people.actions import issue_token
from livinglab.log_lines import SoberFormatter
from livinglab.refusing import server_error
from tests.mailed import LOGIN, PASSWORD, SIGNUP
from tests.making import NOON, make_person

KEY = "planted-secret-key-0123456789-abcdefghij-KLMNOP"
MAIL_WORD, FIGURES, DATABASE = "planted-mail-password-77", "planted-metrics-token-88", "planted-database-word-99"
PLANTED = (KEY, MAIL_WORD, FIGURES, DATABASE)


@pytest.fixture
def planted(settings, monkeypatch):
    """An installation whose secrets are known to the test."""
    settings.SECRET_KEY, settings.EMAIL_HOST_PASSWORD, settings.METRICS_TOKEN = KEY, MAIL_WORD, FIGURES
    monkeypatch.setenv("DATABASE_URL", f"postgres://livinglab:{DATABASE}@db.example/livinglab")
    monkeypatch.setenv("KAKAO_CLIENT_SECRET", "planted-kakao-word-66")
    masking._secrets.cache_clear()
    yield
    masking._secrets.cache_clear()


@pytest.fixture
def log():
    """What the console of production would have got."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(SoberFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


def test_values_of_secrets_are_masked_wherever_they_stand(planted):
    line = f"cannot connect to postgres://livinglab:{DATABASE}@db {KEY!r} {MAIL_WORD} {FIGURES} planted-kakao-word-66"
    told = masked(line)
    assert not any(word in told for word in (*PLANTED, "planted-kakao-word-66"))
    assert "cannot connect to postgres" in told


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("POST {'login': 'a', 'password': 'golmok-bulbit-7'}", "golmok-bulbit-7"),
        ("password=golmok-bulbit-7&next=/", "golmok-bulbit-7"),
        ("<QueryDict: {'password': ['golmok-bulbit-7']}>", "golmok-bulbit-7"),
        ("Authorization: Bearer abcdefghijklmnop1234", "abcdefghijklmnop1234"),
        ("Not Found: /faults/mine/aB3dE5gH7jK9mN1pQ3rS5tU7vW9xY1zA/", "aB3dE5gH7jK9mN1pQ3rS5tU7vW9xY1zA"),
        ("mail to minji.kim@example.org failed", "minji.kim"),
        ("call 010-1234-5678 back", "010-1234-5678"),
        ("DETAIL:  Key (email)=(minji@example.org) already exists.", "minji"),
        ("DETAIL:  Failing row contains (7, 김민지, 010-1234-5678).", "김민지"),
        ("client_secret='s3cr3t-word' code_verifier=abc-def", "s3cr3t-word"),
        ("cookies: sessionid=k3y-0f-4-s3ss10n; csrftoken=t0k3n", "k3y-0f-4-s3ss10n"),
    ],
)
def test_what_lets_somebody_in_or_names_somebody_is_masked(line, secret):
    told = masked(line)
    assert secret not in told
    assert MASK in told


@pytest.mark.parametrize(
    "line",
    [
        "2026-03-02 INFO civic.live.hub a socket could not be served",
        "Not Found: /proposals/P-2026-000123/",
        'File "civic/proposals/actions/publishing.py", line 12, in publish_proposal',
        "The job forget_messages failed",
        "Forbidden (CSRF token missing.): /accounts/login/",
    ],
)
def test_what_happened_and_where_stays(line):
    assert masked(line) == line


def test_traceback_is_masked_as_well(planted, log):
    try:
        raise ValueError(f"refused by server: {KEY}")
    except ValueError:
        logging.getLogger("livinglab").exception("it failed for %s", MAIL_WORD)
    told = log.getvalue()
    assert "Traceback" in told
    assert not any(word in told for word in PLANTED)


@pytest.mark.django_db
def test_everything_going_wrong_tells_no_secret(planted, log, settings):
    settings.EMAIL_BACKEND = "civic.outbox.backend.OutboxEmailBackend"
    person, client = make_person(password=PASSWORD), Client(raise_request_exception=False)
    key = issue_token(by=person, person=person, label="test", at=NOON)
    bearer = {"authorization": f"Bearer {key}"}
    answers = [
        client.post(LOGIN, {"login": person.email, "password": PASSWORD + "x"}),
        client.post(SIGNUP, {"email": person.email, "password1": PASSWORD + "y", "nickname": "\0"}),
        Client(enforce_csrf_checks=True).post(LOGIN, {"login": person.email, "password": PASSWORD}),
        client.get(f"/faults/mine/{key}/"),
        client.get(f"/c/{key}/"),
        client.post("/api/v1/proposals", "{", content_type="application/json", headers=bearer),
        client.put("/api/v1/proposals", headers=bearer),
        client.get("/", headers={"host": "evil.example"}),
        client.get("/metrics", headers={"authorization": f"Bearer {FIGURES}x", "x-forwarded-for": "198.51.100.1"}),
    ]
    shown = "".join(answer.content.decode() for answer in answers)
    told = log.getvalue()
    for word in (*PLANTED, key, PASSWORD):
        assert word not in told
        assert word not in shown.replace(f"/faults/mine/{key}/", "").replace(f"/c/{key}/", "")
    assert person.email not in told


@pytest.mark.django_db
def test_page_of_an_error_of_ours_tells_nothing_of_it(planted, log, settings):
    settings.ROOT_URLCONF = __name__
    for address in ("/boom", "/api/boom"):
        answer = Client(raise_request_exception=False).get(address, {"password": PASSWORD})
        assert answer.status_code == 500
        page = answer.content.decode()
        for word in (*PLANTED, PASSWORD, "Traceback", "boom", "ValueError", "settings"):
            assert word not in page.replace('/boom"', "").replace("/boom?", "")
    assert json.loads(page)["code"] == "broken"
    assert "Traceback" in log.getvalue()
    assert not any(word in log.getvalue() for word in (*PLANTED, PASSWORD))


@pytest.mark.django_db
def test_statement_that_failed_tells_no_row(log):
    person = make_person()
    try:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO civic_person (id, email) VALUES (%s, %s)", [str(person.pk), person.email])
    except Exception:
        logging.getLogger("django.request").exception("Internal Server Error: /accounts/signup/")
    assert "Traceback" in log.getvalue()
    assert person.email not in log.getvalue()


def boom(request):
    secret = KEY  # stands in the frame: a page with local names would show it
    raise ValueError(f"{secret} {dict(request.GET)}")


urlpatterns = [path("boom", boom), path("api/boom", boom)]
handler500 = server_error
