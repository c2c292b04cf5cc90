"""Who holds which role, where and until when, and who held which?"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from .accounts import Person


class RoleGrant(models.Model):
    """A role a person holds, where it holds (a key such as `district:11200`), in which office, until when."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20)
    scope = models.CharField(max_length=60)
    office = models.CharField(max_length=60, blank=True, help_text="department of an official, field of an expert")
    phone = models.CharField(max_length=20, blank=True)
    granted_at = models.DateTimeField()
    until = models.DateTimeField(null=True, help_text="it holds before then; empty: until it is taken back")

    class Meta:
        indexes = [models.Index(fields=["until"], name="role_until")]
        constraints = [
            models.UniqueConstraint(fields=["person", "role", "scope"], name="role_granted_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("granted_at")), name="role_ends_after_its_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.scope}"


class RoleStep(models.Model):
    """One line of the history: a role was given, taken back or ran out, why, and by whom. Never changed."""

    class Kind(models.TextChoices):
        GRANTED = "granted", pgettext_lazy("history of a role", "Given")
        REVOKED = "revoked", pgettext_lazy("history of a role", "Taken back")
        EXPIRED = "expired", pgettext_lazy("history of a role", "Ran out")

    person = models.ForeignKey(Person, models.CASCADE, related_name="role_steps")
    role = models.CharField(max_length=20)
    scope = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    until = models.DateTimeField(null=True, help_text="of a role that was given")
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", help_text="empty: the site itself")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="role_step_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["granted", "revoked", "expired"]), name="role_step_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.role} {self.scope}"
