"""What was done, for ever; and which write was already answered."""

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One fact. Ids and codes only: no name, no text, no key to another table. Triggers refuse UPDATE and DELETE."""

    at = models.DateTimeField()
    fact = models.CharField(max_length=40)
    key = models.CharField(max_length=80, db_index=True)
    district = models.CharField(max_length=5, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.id} {self.fact} {self.key}"


class EntryPrivate(models.Model):
    """Which person a fact concerns, and how. Erasing the person removes these rows and nothing else."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="private")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    fields = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "person"], name="entry_private_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.fields}"


class Receipt(models.Model):
    """The answer to a write that carried an Idempotency-Key, so that a repeat gets the same answer."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of method, path and body")
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.status}"
