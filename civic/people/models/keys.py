"""Which keys act for a person?"""

from django.db import models

from .accounts import Person


class ApiToken(models.Model):
    """A key for programs that act for a person. Only its SHA-256 is kept; it is shown once."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, help_text="a day in Seoul, written at the first use of that day")
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.label
