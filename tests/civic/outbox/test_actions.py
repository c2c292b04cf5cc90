"""Does a mail leave at least once, under one id, and wait longer after each failure?"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from civic.outbox.actions import _claim, deliver_due, queue_message, wait_after
from civic.outbox.models import Message
from civic.outbox.queries import MOST_ATTEMPTS

AT = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


def queued(**changed: Any) -> Message:
    words = {
        "sender": "구민청 <lab@example.org>",
        "recipient": "a@example.org",
        "subject": "알림",
        "body": "내용",
        "at": AT,
    }
    return queue_message(**{**words, **changed})


class Refusing:
    """A post office that is closed for some addresses."""

    def __init__(self, **_options: Any) -> None:
        pass

    def send_messages(self, messages: list[Any]) -> int:
        if messages[0].to == ["closed@example.org"]:
            raise ConnectionRefusedError("the post office is closed")
        return mail.get_connection(LOCMEM).send_messages(messages)


@pytest.fixture
def post_office(settings: Any) -> None:
    settings.OUTBOX_DELIVERY_BACKEND = LOCMEM


def test_due_mail_is_sent_once_with_a_stable_id(db: None, post_office: None) -> None:
    message = queued()
    assert (deliver_due(at=AT), deliver_due(at=AT)) == (1, 0)
    [sent] = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["a@example.org"], "알림", "내용")
    assert sent.message()["Message-ID"] == f"<{message.pk}@example.org>"
    assert sent.message()["Auto-Submitted"] == "auto-generated"


def test_mail_that_has_left_keeps_no_words(db: None, post_office: None) -> None:
    queued(html="<p>내용</p>")
    deliver_due(at=AT)
    message = Message.objects.get()
    assert (message.sent_at, message.body, message.html, message.error) == (AT, "", "", "")


def test_mail_of_the_demonstration_keeps_its_words(db: None, settings: Any) -> None:
    settings.OUTBOX_DELIVERY_BACKEND = "civic.outbox.backend.DemoMailbox"
    queued()
    assert deliver_due(at=AT) == 1
    assert Message.objects.get().body == "내용"


def test_mail_not_yet_due_waits(db: None, post_office: None) -> None:
    queued(at=AT + timedelta(seconds=1))
    assert deliver_due(at=AT) == 0
    assert deliver_due(at=AT + timedelta(seconds=1)) == 1


def test_failed_mail_waits_and_does_not_hold_up_others(db: None, settings: Any) -> None:
    settings.OUTBOX_DELIVERY_BACKEND = f"{__name__}.Refusing"
    closed = queued(recipient="closed@example.org")
    queued()
    assert deliver_due(at=AT) == 1
    closed.refresh_from_db()
    assert (closed.attempts, closed.sent_at) == (1, None)
    assert closed.error == "ConnectionRefusedError: the post office is closed"
    assert closed.due_at == AT + timedelta(minutes=1)


def test_failed_mail_goes_out_later_under_the_same_id(db: None, settings: Any) -> None:
    settings.OUTBOX_DELIVERY_BACKEND = LOCMEM
    message = queued()
    Message.objects.update(attempts=3, error="before", due_at=AT)
    assert deliver_due(at=AT) == 1
    message.refresh_from_db()
    assert (message.attempts, message.error) == (4, "")
    assert mail.outbox[0].message()["Message-ID"] == f"<{message.pk}@example.org>"


def test_mail_seen_by_two_workers_is_claimed_by_one(db: None) -> None:
    queued()
    seen_by_both = Message.objects.get()
    assert [_claim(seen_by_both, AT) for _worker in range(2)] == [True, False]


@pytest.mark.django_db(transaction=True)
def test_mails_taken_by_four_workers_at_once_are_each_sent_once(settings: Any) -> None:
    settings.OUTBOX_DELIVERY_BACKEND = "civic.outbox.backend.DemoMailbox"
    for number in range(40):
        queued(subject=str(number))

    def work(_number: int) -> int:
        try:
            return deliver_due(at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        assert sum(workers.map(work, range(4))) == 40
    assert set(Message.objects.values_list("attempts", "sent_at")) == {(1, AT)}


def test_mail_whose_worker_died_is_sent_after_the_wait(db: None, post_office: None) -> None:
    _claim(queued(), AT)
    assert (deliver_due(at=AT), deliver_due(at=AT + wait_after(0))) == (0, 1)


def test_batch_is_limited_and_takes_the_oldest(db: None, post_office: None) -> None:
    for minutes in (3, 1, 2):
        queued(subject=str(minutes), at=AT - timedelta(minutes=minutes))
    assert deliver_due(at=AT, limit=2) == 2
    assert [sent.subject for sent in mail.outbox] == ["3", "2"]


@pytest.mark.parametrize(("attempts", "minutes"), [(0, 1), (1, 2), (5, 32), (9, 360), (60000, 360)])
def test_wait_doubles_up_to_six_hours(attempts: int, minutes: int) -> None:
    assert wait_after(attempts) == timedelta(minutes=minutes)


def test_subject_longer_than_the_column_is_cut(db: None) -> None:
    assert len(queued(subject="가" * 400).subject) == 300


def test_mail_that_fails_for_three_days_is_given_up_and_keeps_no_words(db: None, settings: Any) -> None:
    settings.OUTBOX_DELIVERY_BACKEND = f"{__name__}.Refusing"
    closed, at = queued(recipient="closed@example.org", html="<p>내용</p>"), AT
    for attempt in range(MOST_ATTEMPTS):
        assert Message.objects.values_list("attempts", "body").get() == (attempt, "내용")
        assert deliver_due(at=at) == 0
        closed.refresh_from_db()
        at = closed.due_at
    assert timedelta(days=2, hours=12) < at - AT < timedelta(days=3, hours=12)
    assert (closed.attempts, closed.sent_at, closed.body, closed.html) == (MOST_ATTEMPTS, None, "", "")
    settings.OUTBOX_DELIVERY_BACKEND = LOCMEM
    assert deliver_due(at=at + timedelta(days=1)) == 0
