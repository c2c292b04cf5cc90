"""To what can a person consent, and who did?"""

from django.db import models
from django.utils.translation import get_language

from .accounts import Person


class ConsentDocument(models.Model):
    """One version of a text that is agreed to by itself. Never edited: other words are another version.

    Its parts are those of 개인정보 보호법 article 15(2): purpose, items, period, and what refusing costs.
    """

    kind = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    required = models.BooleanField(help_text="without it there is no account; the others may be refused")
    since = models.DateField(help_text="the day it holds from, for the reader")
    title_ko = models.CharField(max_length=80)
    title_en = models.CharField(max_length=80)
    purpose_ko = models.TextField()
    purpose_en = models.TextField()
    items_ko = models.TextField()
    items_en = models.TextField()
    retention_ko = models.TextField()
    retention_en = models.TextField()
    refusal_ko = models.TextField()
    refusal_en = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="consent_version_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"

    @property
    def title(self) -> str:
        return self._in_language("title")

    @property
    def purpose(self) -> str:
        return self._in_language("purpose")

    @property
    def items(self) -> str:
        return self._in_language("items")

    @property
    def retention(self) -> str:
        return self._in_language("retention")

    @property
    def refusal(self) -> str:
        return self._in_language("refusal")

    def _in_language(self, part: str) -> str:
        korean = (get_language() or "ko").startswith("ko")
        return str(getattr(self, f"{part}_{'ko' if korean else 'en'}"))


class ConsentRecord(models.Model):
    """Somebody agreed to one version of one text, and perhaps took it back.

    It has to be proven for years after the account is gone: then `account`, which leads to nobody, is all that is left.
    """

    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="consents")
    account = models.UUIDField(help_text="the account's id, also after it was erased")
    document = models.ForeignKey(ConsentDocument, models.PROTECT, related_name="records")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, help_text="taken back, replaced, or the account erased")
    network = models.CharField(max_length=64, blank=True, help_text="keyed digest of the network it was given from")

    class Meta:
        indexes = [models.Index(fields=["withdrawn_at"], name="consent_ended")]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "document"], name="consent_once", condition=models.Q(withdrawn_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.at:%Y-%m-%d}"
