"""What is said about a thing, by whom, in which role."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from civic.people.models import Person


class Stance(models.TextChoices):
    FOR = "for", pgettext_lazy("stance", "For")
    AGAINST = "against", pgettext_lazy("stance", "Against")
    QUESTION = "question", pgettext_lazy("stance", "Question")
    EVIDENCE = "evidence", pgettext_lazy("stance", "Evidence")


class Thread(models.Model):
    """The discussion of one thing. Its owner points here, and sets whether it is open."""

    key = models.CharField(max_length=80, unique=True)
    district = models.CharField(max_length=5, help_text="roles are scoped to it")
    open = models.BooleanField(default=True)
    level = models.PositiveSmallIntegerField(default=1, help_text="of verification, to speak; its owner sets it")
    posts = models.PositiveIntegerField(default=0)
    roots = models.PositiveIntegerField(default=0, help_text="posts that answer no other")
    spoken = models.JSONField(default=dict, help_text="posts by role")
    last_at = models.DateTimeField(null=True)
    last_post = models.BigIntegerField(default=0, help_text="number of the newest post")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(roots__lte=models.F("posts")), name="thread_roots_are_posts")]

    def __str__(self) -> str:
        return self.key


class Post(models.Model):
    """One person's words. Role, office and the name in office are those of the moment of writing.

    A resident's name is that of the account, whatever it is called today.
    """

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="post_rows")
    root = models.ForeignKey("self", models.CASCADE, null=True, related_name="replies", help_text="empty for a root")
    above = models.ForeignKey("self", models.CASCADE, null=True, related_name="+", help_text="the post it answers")
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="posts")
    role = models.CharField(max_length=20)
    name = models.CharField(max_length=30, blank=True, help_text="of whoever speaks in office; empty: the account's")
    office = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    stance = models.CharField(max_length=10, choices=Stance.choices, blank=True)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["thread", "root", "id"], name="post_by_branch")]
        constraints = [
            models.CheckConstraint(condition=Q(stance__in=["", *Stance.values]), name="post_stance_known"),
            models.CheckConstraint(
                condition=Q(root__isnull=True, above__isnull=True) | Q(root__isnull=False, above__isnull=False),
                name="post_answers_within_a_branch",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.pk}"
