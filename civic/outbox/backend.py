"""Where do Django's mails go? Into the outbox; and in the demonstration they stay there, to be read."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from civic.clocks.now import database_now

from .actions import queue_message


class OutboxEmailBackend(BaseEmailBackend):
    """Django's mail backend: one outbox row a recipient, written in the transaction of whoever sends."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        at = database_now()
        for mail in email_messages:
            if mail.attachments:
                raise ValueError("the outbox carries words, no attachments")
            for recipient in mail.recipients():
                queue_message(
                    sender=mail.from_email,
                    recipient=recipient,
                    subject=str(mail.subject),
                    body=str(mail.body),
                    html=_html(mail),
                    at=at,
                )
        return len(email_messages)


class DemoMailbox(BaseEmailBackend):
    """Delivery of the demonstration: nothing leaves the machine, the words stay readable at /demo/mail/."""

    keeps_words = True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return len(email_messages)


def _html(mail: EmailMessage) -> str:
    alternatives = getattr(mail, "alternatives", None) or []
    return next((str(content) for content, kind in alternatives if kind == "text/html"), "")
