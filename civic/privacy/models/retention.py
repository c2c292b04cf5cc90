"""How long is what kept, and who was told that an account nobody uses will go?"""

from django.db import models
from django.utils.translation import get_language

from civic.people.models import Person


class RetentionRule(models.Model):
    """How many days one kind of personal data is kept, and on which ground. What the codes mean: `retained.py`."""

    code = models.CharField(primary_key=True, max_length=24)
    days = models.PositiveIntegerField()
    basis_ko = models.CharField(max_length=200)
    basis_en = models.CharField(max_length=200)
    purged_at = models.DateTimeField(null=True, help_text="when what is over was last destroyed")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(days__gte=1), name="retention_has_days")]

    def __str__(self) -> str:
        return f"{self.code} {self.days}"

    @property
    def basis(self) -> str:
        """The ground in the language of the page."""
        return self.basis_ko if (get_language() or "ko").startswith("ko") else self.basis_en


class InactivityNotice(models.Model):
    """That a person was told that the account goes unless it is used."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
