"""What happened, in an order that no reader can miss."""

import secrets

from django.db import models


class Audience(models.TextChoices):
    PUBLIC = "public"
    STAFF = "staff"
    SELF = "self"


class Head(models.Model):
    """The last number given, and the epoch it belongs to. One row; never derived from max(seq)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    epoch = models.CharField(max_length=16)
    seq = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="head_has_one_row")]

    def __str__(self) -> str:
        return f"{self.epoch}:{self.seq}"


def new_epoch() -> str:
    """A name for a run of numbers; a restore begins another, so that no old cursor fits by accident."""
    return secrets.token_hex(6)


class Item(models.Model):
    """One change as absolute state. Written unnumbered with the change; numbered after its commit."""

    seq = models.BigIntegerField(null=True, unique=True)
    entry = models.BigIntegerField(null=True, help_text="number of the ledger entry, where there is one")
    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    state = models.JSONField(help_text="what a page shows; public items never carry a person")
    fact = models.JSONField(default=dict, help_text="ids and codes for reactions; never sent to a browser")
    audience = models.CharField(max_length=8, choices=Audience.choices)
    recipient = models.CharField(max_length=36, blank=True, help_text="the person's id, for audience self")

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="item_unnumbered", condition=models.Q(seq__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                name="item_self_has_recipient",
                condition=models.Q(audience="self") ^ models.Q(recipient=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.key}"


class Consumer(models.Model):
    """How far one reaction has read."""

    name = models.CharField(primary_key=True, max_length=120)
    seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} at {self.seq}"


class SetAside(models.Model):
    """An item that a reaction could not handle: kept with its error until somebody at the desk has looked."""

    consumer = models.CharField(max_length=120)
    item_seq = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    error = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consumer", "item_seq"], name="set_aside_once")]

    def __str__(self) -> str:
        return f"{self.consumer} {self.item_seq}"
