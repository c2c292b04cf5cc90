"""Who takes part?"""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from civic.places.models import Dong


class People(BaseUserManager["Person"]):
    """Accounts, found by e-mail whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").lower())  # kept in lower case, so that the index serves

    def create_user(self, email: str, nickname: str, password: str | None = None, **fields: object) -> "Person":
        person = self.model(email=self.normalize_email(email), nickname=nickname, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """An account: an e-mail address, a nickname and, if the person likes, a dong. Ids are random."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    nickname = models.CharField(max_length=30)
    dong = models.ForeignKey(Dong, models.PROTECT, null=True, blank=True, related_name="+")
    level = models.PositiveSmallIntegerField(default=1, help_text="2 checked by the district, 3 by a provider")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField()
    age_told_at = models.DateTimeField(null=True, help_text="when the owner said to be 14 or older")
    consent_due = models.BooleanField(default=False, help_text="a text changed that the account stands on: ask again")

    objects = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["nickname"]

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once"),
            models.UniqueConstraint(Lower("nickname"), name="person_nickname_once"),
            models.CheckConstraint(condition=models.Q(level__in=[1, 2, 3]), name="person_level_known"),
        ]

    def __str__(self) -> str:
        return self.nickname

    def get_full_name(self) -> str:
        return self.nickname

    def get_short_name(self) -> str:
        return self.nickname
