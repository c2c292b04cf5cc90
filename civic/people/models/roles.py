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
    name = models.CharField(max_length=30, blank=True, help_text="as on the card; empty: the nickname is shown")
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

    @property
    def signature(self) -> str:
        """The name that is written under an act in this role, and stays there whatever becomes of the account."""
        return self.name or self.person.nickname


class RoleStep(models.Model):
    """One line of the history: a role was given, taken back or ran out, why, and by whom.

    Names stay as they were, for as long as the law asks for after the holder's account is gone.
    """

    class Kind(models.TextChoices):
        GRANTED = "granted", pgettext_lazy("history of a role", "Given")
        REVOKED = "revoked", pgettext_lazy("history of a role", "Taken back")
        EXPIRED = "expired", pgettext_lazy("history of a role", "Ran out")

    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="role_steps")
    person_name = models.CharField(max_length=30, blank=True)
    role = models.CharField(max_length=20)
    scope = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    until = models.DateTimeField(null=True, help_text="of a role that was given")
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=30, blank=True)
    by_site = models.BooleanField(default=False, help_text="the installation or the clock, and no person")
    at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, help_text="when the holder's account was erased")

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="role_step_newest"),
            models.Index(fields=["left_at"], name="role_step_left"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["granted", "revoked", "expired"]), name="role_step_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.role} {self.scope}"
