"""How does a mail leave? Written with the change that causes it, sent after, at least once, under a stable id."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q, QuerySet

from .models import Message
from .queries import MOST_ATTEMPTS, open_messages

LONGEST_WAIT = timedelta(hours=6)
_NO_WORDS = {"body": "", "html": ""}  # codes and addresses in a mail that is done with are nobody's business
_LONGEST_SUBJECT = Message._meta.get_field("subject").max_length or 300


def queue_message(*, sender: str, recipient: str, subject: str, body: str, html: str = "", at: datetime) -> Message:
    """Write one mail to one recipient, in the caller's transaction. Raises BadHeaderError on a line end in a header."""
    for header in (sender, recipient, subject):
        if "\n" in header or "\r" in header:
            raise BadHeaderError("a mail header holds a line end")
    subject = subject[:_LONGEST_SUBJECT]
    return Message.objects.create(
        sender=sender, recipient=recipient, subject=subject, body=body, html=html, queued_at=at, due_at=at
    )


def deliver_due(*, at: datetime, limit: int = 50) -> int:
    """Send what is due, oldest first; returns how many left. Run outside transactions, by any number of workers.

    A message is claimed by moving its `due_at`, so that two workers never send it together, and one whose worker
    died between sending and marking is sent again after the wait, with the same Message-ID.
    """
    waiting = list(open_messages().filter(due_at__lte=at).order_by("due_at")[:limit])
    if not waiting:
        return 0
    connection = get_connection(settings.OUTBOX_DELIVERY_BACKEND)
    return sum(_deliver(message, connection, at) for message in waiting if _claim(message, at))


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: one minute, doubled each time, six hours at most."""
    return min(timedelta(minutes=1) * 2 ** min(attempts, 10), LONGEST_WAIT)


def drop_messages(*, to: Iterable[str]) -> int:
    """Remove mails to these addresses, sent or waiting: whoever had them is gone. Returns how many."""
    return _mails_to(to).delete()[0]


def drop_sent(*, to: Iterable[str]) -> int:
    """Remove mails that have left for these addresses, which are nobody's any more; returns how many."""
    return _mails_to(to).filter(sent_at__isnull=False).delete()[0]


def _mails_to(addresses: Iterable[str]) -> QuerySet[Message]:
    found = Q(pk__in=[])
    for address in addresses:
        found |= Q(recipient__iexact=address)
    return Message.objects.filter(found)


def _claim(message: Message, at: datetime) -> bool:
    untouched = Message.objects.filter(pk=message.pk, sent_at__isnull=True, due_at=message.due_at)
    return untouched.update(due_at=at + wait_after(message.attempts), attempts=F("attempts") + 1) == 1


def _deliver(message: Message, connection: BaseEmailBackend, at: datetime) -> bool:
    row = Message.objects.filter(pk=message.pk)
    try:
        connection.send_messages([_mail(message, connection)])
    except Exception as error:  # noqa: BLE001 - whatever one mail meets, the others go out
        last = message.attempts + 1 >= MOST_ATTEMPTS
        row.update(error=f"{type(error).__name__}: {error}"[:1000], **(_NO_WORDS if last else {}))
        return False
    row.update(sent_at=at, error="", **({} if getattr(connection, "keeps_words", False) else _NO_WORDS))
    return True


def _mail(message: Message, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    domain = parseaddr(message.sender)[1].rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{message.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(
        message.subject, message.body, message.sender, [message.recipient], headers=headers, connection=connection
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail
