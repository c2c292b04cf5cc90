"""What still has to leave the house."""

import uuid

from django.db import models


class Message(models.Model):
    """A mail that leaves after its transaction is committed: at least once, with a stable id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sender = models.CharField(max_length=320)
    recipient = models.CharField(max_length=320)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    html = models.TextField(blank=True)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="not before; moves on after a failure")
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="message_waiting", condition=models.Q(sent_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.id} {self.subject}"
