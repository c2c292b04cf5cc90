"""Who takes part, and in which role."""

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
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField()

    objects = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["nickname"]

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once"),
            models.UniqueConstraint(Lower("nickname"), name="person_nickname_once"),
        ]

    def __str__(self) -> str:
        return self.nickname

    def get_full_name(self) -> str:
        return self.nickname

    def get_short_name(self) -> str:
        return self.nickname


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


class ApiToken(models.Model):
    """A key for programs that act for a person. Only its SHA-256 is kept; it is shown once."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.label
