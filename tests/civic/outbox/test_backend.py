"""Does every mail of Django's go into the outbox, and only with its transaction?"""

import pytest
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction

from civic.outbox.backend import DemoMailbox
from civic.outbox.models import Message

BACKEND = "civic.outbox.backend.OutboxEmailBackend"


@pytest.fixture(autouse=True)
def _into_the_outbox(settings: object) -> None:
    settings.EMAIL_BACKEND = BACKEND  # type: ignore[attr-defined]  # Django's test runner puts its own in place


def test_mail_becomes_one_row_a_recipient(db: None) -> None:
    send_mail("알림", "내용", "lab@example.org", ["a@example.org", "b@example.org"])
    rows = Message.objects.order_by("recipient").values_list("sender", "recipient", "subject", "body", "attempts")
    assert list(rows) == [
        ("lab@example.org", "a@example.org", "알림", "내용", 0),
        ("lab@example.org", "b@example.org", "알림", "내용", 0),
    ]


def test_mail_of_a_transaction_that_fails_is_never_written(db: None) -> None:
    with transaction.atomic():
        send_mail("알림", "내용", "lab@example.org", ["a@example.org"])
        transaction.set_rollback(True)
    assert Message.objects.count() == 0


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\nBcc: everybody@example.org"])
def test_header_with_a_line_end_is_refused(db: None, line_end: str) -> None:
    for subject, recipient, sender in (
        (f"알림{line_end}", "a@example.org", "lab@example.org"),
        ("알림", f"a@example.org{line_end}", "lab@example.org"),
        ("알림", "a@example.org", f"lab@example.org{line_end}"),
    ):
        with pytest.raises(BadHeaderError):
            send_mail(subject, "내용", sender, [recipient])
    assert Message.objects.count() == 0


def test_html_alternative_is_kept(db: None) -> None:
    mail = EmailMultiAlternatives("알림", "내용", "lab@example.org", ["a@example.org"])
    mail.attach_alternative("<p>내용</p>", "text/html")
    mail.send()
    assert Message.objects.get().html == "<p>내용</p>"


def test_attachment_is_refused(db: None) -> None:
    mail = EmailMessage("알림", "내용", "lab@example.org", ["a@example.org"])
    mail.attach("a.txt", "x")
    with pytest.raises(ValueError, match="no attachments"):
        mail.send()


def test_demo_mailbox_sends_nothing_and_counts(db: None) -> None:
    assert DemoMailbox().send_messages([EmailMessage("알림", "내용", "lab@example.org", ["a@example.org"])]) == 1
