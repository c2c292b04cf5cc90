"""Can a link of ours send somebody to another site, or an answer of ours be split in two?"""

from urllib.parse import urljoin, urlsplit

import pytest
from django.core.mail import BadHeaderError
from django.test import Client

from civic.clocks.now import database_now
from civic.faults.models import Contact
from civic.outbox.actions import queue_message
from civic.outbox.models import Message
from civic.people.actions import issue_token
from tests.mailed import AGREED, LOGIN, PASSWORD, SIGNUP, sign_up
from tests.making import NOON, make_lamp, make_official, make_person, make_proposal
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
    "https:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "\x01//evil.example",
    "\t//evil.example",
    "//evil.example\\@testserver",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "%2F%2Fevil.example",
    "evil",
]
FOREIGN = ("//", "\\", "http:evil", "https:", "javascript:", "data:")
SPLIT = "a\r\nSet-Cookie: planted=1"


def own(location: str) -> bool:
    """Where a browser would go, which takes a backslash for a slash."""
    led = urlsplit(urljoin("http://testserver/accounts/login/", location.replace("\\", "/")))
    return (led.scheme, led.netloc) == ("http", "testserver")


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_next_of_every_door_stays_here(elsewhere):
    person = make_person(password=PASSWORD)
    answer = Client().post(LOGIN, {"login": person.email, "password": PASSWORD, "next": elsewhere})
    assert own(answer["Location"])
    client = signed_in(person)
    assert own(client.get("/desk/login/", {"next": elsewhere}).get("Location", "/"))
    assert own(signed_in(make_official()).get("/desk/login/", {"next": elsewhere})["Location"])
    assert own(client.get(SIGNUP, {"next": elsewhere}).get("Location", "/"))
    for path in ("/accounts/reauthenticate/", "/me/consents/"):
        assert own(client.post(path, {"next": elsewhere, "password": PASSWORD, **AGREED})["Location"]), path
    assert own(client.post("/accounts/logout/", {"next": elsewhere})["Location"])


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_sign_up_ends_here_whatever_next_says(elsewhere):
    answer = sign_up(Client(), next=elsewhere)
    assert own(answer["Location"])


@pytest.mark.parametrize(
    "path",
    ["//evil.example/proposals", "/%2Fevil.example/x", "/\\evil.example", "/en//evil.example/", "/en/%5Cevil.example"],
)
def test_path_of_an_odd_shape_is_not_completed_to_another_host(path):
    answer = Client().get(path)
    assert own(answer.get("Location", "/"))


@pytest.mark.parametrize("path", [f"/proposals/{SPLIT}", f"/l/{SPLIT}/", f"/en/votes/{SPLIT}/"])
def test_line_end_in_an_address_adds_no_header(path):
    answer = Client().get(path.replace("\r", "%0d").replace("\n", "%0a").replace(" ", "%20"))
    assert "planted" not in answer.cookies
    assert all("\n" not in value and "\r" not in value for value in answer.headers.values())


def test_line_end_in_next_adds_no_header():
    person = make_person(password=PASSWORD)
    answer = Client().post(LOGIN, {"login": person.email, "password": PASSWORD, "next": f"/{SPLIT}"})
    assert "planted" not in answer.cookies
    assert "\n" not in answer["Location"]


@pytest.mark.parametrize("address", ["a@example.org\nBcc: all@example.org", "a@example.org\r\nX: 1", "a\n@example.org"])
def test_line_end_in_an_address_of_mail_is_no_address(address):
    assert Client().post("/accounts/login/code/", {"email": address}).status_code == 422
    assert Client().post("/accounts/password/reset/", {"email": address}).status_code == 422
    lamp = make_lamp()
    told = Client().post(f"/l/{lamp.tag}/", {"category": "dark", "email": address})
    assert told.status_code == 422
    assert not Message.objects.filter(recipient__contains="all@").exists()
    assert not Contact.objects.exists()


@pytest.mark.parametrize("field", ["sender", "recipient", "subject"])
def test_line_end_in_a_header_of_mail_is_refused_at_the_last_door_too(field):
    words = {"sender": "a@example.org", "recipient": "b@example.org", "subject": "s", "body": "b"}
    with pytest.raises(BadHeaderError):
        queue_message(**{**words, field: "x\nBcc: all@example.org"}, at=database_now())


def test_name_of_a_host_that_is_not_ours_is_refused_and_stands_in_no_mail():
    assert Client().get("/", headers={"host": "evil.example"}).status_code == 400
    answer = Client().get("/", headers={"x-forwarded-host": "evil.example"})
    assert "evil.example" not in answer.content.decode()
    sign_up(Client(headers={"x-forwarded-host": "evil.example"}))
    assert not Message.objects.filter(body__contains="evil.example").exists()


def test_line_end_in_a_repeatable_key_is_a_key_and_adds_no_header():
    person, proposal = make_person(), make_proposal()
    headers = {
        "authorization": f"Bearer {issue_token(by=person, person=person, label='test', at=NOON)}",
        "Idempotency-Key": SPLIT,
    }
    answer = Client().post(f"/api/v1/proposals/{proposal.code}/support", headers=headers)
    assert answer.status_code < 500
    assert "planted" not in answer.cookies
