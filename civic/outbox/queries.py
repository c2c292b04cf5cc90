"""Which mails are there?"""

from django.db.models import QuerySet

from .models import Message


def newest_messages(to: str = "") -> QuerySet[Message]:
    """Mails, sent or waiting, the newest first; `to` narrows them to one address."""
    rows = Message.objects.filter(recipient__iexact=to) if to else Message.objects.all()
    return rows.order_by("-queued_at")


def undelivered() -> QuerySet[Message]:
    """Mails that failed at least once and still wait, for `doctor` and the desk."""
    return Message.objects.filter(sent_at__isnull=True).exclude(error="").order_by("queued_at")
