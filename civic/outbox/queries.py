"""Which mails are there?"""

from datetime import datetime

from django.db.models import QuerySet

from .models import Message

MOST_ATTEMPTS = 20  # about three days by the waits between them; an address that takes no mail so long is no address


def newest_messages(to: str = "") -> QuerySet[Message]:
    """Mails, sent or waiting, the newest first; `to` narrows them to one address."""
    rows = Message.objects.filter(recipient__iexact=to) if to else Message.objects.all()
    return rows.order_by("-queued_at", "id")


def queued_since(to: str, since: datetime) -> int:
    """How many mails were written to an address after that moment, sent or waiting."""
    return Message.objects.filter(recipient__iexact=to, queued_at__gt=since).count()


def open_messages() -> QuerySet[Message]:
    """Mails that still have to leave."""
    return Message.objects.filter(sent_at__isnull=True, attempts__lt=MOST_ATTEMPTS)


def undelivered() -> QuerySet[Message]:
    """Mails that failed at least once and still wait, for `doctor` and the desk."""
    return open_messages().exclude(error="").order_by("queued_at")


def given_up() -> QuerySet[Message]:
    """Mails that never left and are tried no more."""
    return Message.objects.filter(sent_at__isnull=True, attempts__gte=MOST_ATTEMPTS)
