"""Who holds which role, where?"""

from django.db import models

from .accounts import Person


class RoleGrant(models.Model):
    """A role a person holds, where it holds (a key such as `district:11200`), and in which office."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20)
    scope = models.CharField(max_length=40)
    office = models.CharField(max_length=60, blank=True, help_text="department of an official, field of an expert")
    phone = models.CharField(max_length=20, blank=True)
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "role", "scope"], name="role_granted_once")]

    def __str__(self) -> str:
        return f"{self.role} {self.scope}"
