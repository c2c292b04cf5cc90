"""Which mails are there?"""

from django.db.models import QuerySet

from .models import Message


def newest_messages(limit: int = 100) -> QuerySet[Message]:
    """The newest mails, sent or waiting."""
    return Message.objects.order_by("-queued_at")[:limit]


def undelivered() -> QuerySet[Message]:
    """Mails that failed at least once and still wait, for `doctor` and the desk."""
    return Message.objects.filter(sent_at__isnull=True).exclude(error="").order_by("queued_at")
