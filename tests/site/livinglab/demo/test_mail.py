"""Can every mail of the demonstration be read, and none anywhere else?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from civic.outbox.actions import queue_message
from civic.outbox.models import Message

AT = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)


def queued(recipient: str = "a@example.org", subject: str = "알림", body: str = "내용", minute: int = 0) -> Message:
    at = AT + timedelta(minutes=minute)
    return queue_message(sender="lab@example.org", recipient=recipient, subject=subject, body=body, at=at)


@pytest.mark.parametrize("path", ["/demo/mail/", "/en/demo/mail/"])
def test_mailbox_is_not_there_outside_the_demonstration(client: Client, db: None, settings: Any, path: str) -> None:
    settings.DEMO = False
    assert client.get(path).status_code == 404


def test_mailbox_shows_the_newest_mail_first_with_its_words(client: Client, db: None) -> None:
    queued(subject="첫째")
    queued(subject="둘째", body="인증번호\n\n1234-5678", minute=1)
    response = client.get("/demo/mail/")
    assert [mail.subject for mail in response.context["page"]] == ["둘째", "첫째"]
    assert "1234-5678" in response.content.decode()


def test_mailbox_of_one_address_shows_no_other(client: Client, db: None) -> None:
    queued("a@example.org")
    queued("b@example.org")
    assert [mail.recipient for mail in client.get("/demo/mail/?to=A@example.org").context["page"]] == ["a@example.org"]


def test_words_of_a_mail_are_text_and_never_markup(client: Client, db: None) -> None:
    queued(subject="<b>알림</b>", body="<script>alert(1)</script>")
    page = client.get("/demo/mail/").content.decode()
    assert "<script>alert" not in page
    assert "<b>알림" not in page


def test_mails_beyond_a_page_are_on_the_next(client: Client, db: None) -> None:
    for number in range(21):
        queued(subject=str(number), minute=number)
    assert len(client.get("/demo/mail/").context["page"]) == 20
    assert [mail.subject for mail in client.get("/demo/mail/?page=2").context["page"]] == ["0"]
    assert client.get("/demo/mail/?page=nonsense").status_code == 200


def test_empty_mailbox_says_so(client: Client, db: None) -> None:
    assert client.get("/demo/mail/?to=%00%22%3E").status_code == 200


@pytest.mark.parametrize("count", [1, 19])
def test_mailbox_takes_the_same_queries_for_any_number(client: Client, db: None, count: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _number in range(count):
        queued()
    client.get("/demo/mail/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/demo/mail/")
    assert len([q for q in queries if "civic_message" in q["sql"]]) == 2
