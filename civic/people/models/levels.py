"""Who has shown that they are one person, and where do they belong? Never a name, a number or a day of birth."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from civic.places.models import Dong

from .accounts import Person


class Method(models.TextChoices):
    OFFICE = "office", pgettext_lazy("identity check", "At the counter")
    LETTER = "letter", pgettext_lazy("identity check", "By a mailed code")
    PROVIDER = "provider", pgettext_lazy("identity check", "By an identity provider")


class Verification(models.Model):
    """That somebody was checked: how, by which district and when. Who checked stands in the ledger's private part."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="verification")
    level = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=10, choices=Method.choices)
    district = models.CharField(max_length=5, blank=True, help_text="whose office; empty for a provider")
    sheet = models.PositiveBigIntegerField(
        null=True, db_index=True, help_text="the ledger's number of the sheet whose code it rests on; none at a counter"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__in=[2, 3]), name="verification_level_known"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="verification_method_known"),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.method}"


class PersonKey(models.Model):
    """One person has one voice: the keyed hash by which a card or a provider names them belongs to one account."""

    class Source(models.TextChoices):
        CARD = "card"
        PROVIDER = "provider"

    person = models.ForeignKey(Person, models.CASCADE, related_name="person_keys")
    source = models.CharField(max_length=10, choices=Source.choices)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "source"], name="person_key_once_a_source")]

    def __str__(self) -> str:
        return self.source


class Tie(models.Model):
    """What ties a person to a dong. Declared by the person; confirmed where an office or a letter has shown it."""

    class Kind(models.TextChoices):
        LIVES = "lives", pgettext_lazy("tie to a dong", "Lives here")
        WORKS = "works", pgettext_lazy("tie to a dong", "Works here")
        STUDIES = "studies", pgettext_lazy("tie to a dong", "Studies here")

    person = models.ForeignKey(Person, models.CASCADE, related_name="ties")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    dong = models.ForeignKey(Dong, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    method = models.CharField(max_length=10, choices=Method.choices, blank=True, help_text="how it was confirmed")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="tie_once_a_kind"),
            models.CheckConstraint(condition=Q(kind__in=["lives", "works", "studies"]), name="tie_kind_known"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, method="") | (Q(confirmed_at__isnull=False) & ~Q(method="")),
                name="tie_confirmed_somehow",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.dong_id}"


class Letter(models.Model):
    """A code sent by mail: kept as a keyed hash beside the key of whom it was sent to, used once, gone when over."""

    digest = models.CharField(max_length=64, unique=True)
    person_key = models.CharField(max_length=64, unique=True, help_text="one open code a person: a new one replaces it")
    dong = models.ForeignKey(Dong, models.PROTECT, related_name="+", help_text="where the letter was sent")
    sheet = models.PositiveBigIntegerField(
        null=True, db_index=True, help_text="the ledger's number of the sheet it was printed on"
    )
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.dong_id} {self.expires_at:%Y-%m-%d}"


class CodeTries(models.Model):
    """How often a person typed a code that could not be used, in the day that began with the first of them."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    number = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
