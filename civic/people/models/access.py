"""Which of the staff looked at whose data, why, and who reviewed that? 개인정보의 안전성 확보조치 기준 article 8."""

from django.db import models
from django.utils.translation import pgettext_lazy

from .accounts import Person


class Seen(models.TextChoices):
    """What was looked at."""

    REPORTS = "reports", pgettext_lazy("personal data", "What reporters wrote and sent")
    ACCOUNT = "account", pgettext_lazy("personal data", "An account, found by its nickname")
    CHECK = "check", pgettext_lazy("personal data", "A check of identity")
    LETTERS = "letters", pgettext_lazy("personal data", "Names for letters with codes")
    ROLES = "roles", pgettext_lazy("personal data", "Who holds which role")
    ERRORS = "errors", pgettext_lazy("personal data", "An error that may quote somebody's words")


class AccessLook(models.Model):
    """One look at one subject's data: who, when, from where, whose, what, and for which task. Never changed.

    The name stays when the account of the staff goes: the law asks for it as long as the row is kept.
    """

    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=30)
    address = models.GenericIPAddressField(null=True, help_text="of the office's machine, never of a resident's")
    district = models.CharField(max_length=5, blank=True, help_text="empty: of the whole site")
    subject = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", help_text="empty: a guest")
    about = models.CharField(max_length=80, help_text="where it was read, such as fault:F-2026-000123")
    what = models.CharField(max_length=12, choices=Seen.choices)
    task = models.CharField(max_length=30, help_text="the verb of the table of powers that it was done for")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["district", "-at"], name="access_of_district"),
            models.Index(fields=["subject"], name="access_of_subject"),
            models.Index(fields=["at"], name="access_by_time"),
        ]
        constraints = [models.CheckConstraint(condition=models.Q(what__in=Seen.values), name="access_what_known")]

    def __str__(self) -> str:
        return f"{self.by_name} {self.what} {self.about}"


class AccessReview(models.Model):
    """That somebody went through a month's looks of a district, and what they remarked."""

    district = models.CharField(max_length=5, blank=True, help_text="empty: of the whole site")
    month = models.DateField(help_text="its first day")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=30)
    looks = models.PositiveIntegerField()
    remark = models.CharField(max_length=400)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "month"], name="access_reviewed_once")]

    def __str__(self) -> str:
        return f"{self.district} {self.month:%Y-%m}"
