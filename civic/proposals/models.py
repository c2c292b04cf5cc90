"""A resident's problem, who supports it, and what the district answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

from civic.people.models import Department, Person
from civic.people.roles import department_scope, district_scope
from civic.places.models import District, Dong
from civic.policies.models import ParticipationPolicy
from civic.threads.models import Thread

from .states import State


class Category(models.TextChoices):
    SAFETY = "safety", _("Safety")
    WALKING = "walking", _("Walking")
    TRAFFIC = "traffic", _("Traffic")
    PARKING = "parking", _("Parking")
    ENVIRONMENT = "environment", _("Environment")
    CARE = "care", _("Care")
    DIGITAL = "digital", _("Digital")
    DISASTER = "disaster", _("Disaster")
    PARKS = "parks", _("Parks")
    FACILITIES = "facilities", _("Facilities")
    YOUTH = "youth", _("Youth")
    OTHER = "other", _("Other")


class Tag(TagBase):
    """A word residents use for their proposals."""


class ProposalTag(ItemBase):
    """One tag on one proposal, by ordinary keys."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="uses")
    content_object = models.ForeignKey("Proposal", models.CASCADE, related_name="tag_uses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="proposal_tag_once")]


class Proposal(models.Model):
    """An idea in the three statutory parts (국민 제안 규정 article 5), with its clocks and its policy."""

    code = models.CharField(max_length=16, unique=True)
    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    dong = models.ForeignKey(Dong, models.PROTECT, related_name="+")
    category = models.CharField(max_length=12, choices=Category.choices)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="proposals")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="+", help_text="who answers, from the threshold on"
    )
    transfers = models.PositiveSmallIntegerField(default=0, help_text="how often it was handed on")
    title = models.CharField(max_length=100)
    problem = models.TextField()
    solution = models.TextField()
    expected_effect = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    policy = models.ForeignKey(ParticipationPolicy, models.PROTECT, related_name="+")
    thread = models.OneToOneField(Thread, models.PROTECT, related_name="+")
    supports = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField()
    closes_at = models.DateTimeField(help_text="support is taken until then")
    reached_at = models.DateTimeField(null=True, help_text="the threshold was reached; the answer's clock starts")
    due_at = models.DateTimeField(null=True, help_text="the answer is due before then")
    decided_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(help_text="last change of state")
    after = models.JSONField(default=list, help_text="marks of what came of it, kept here by their owners")
    tags = TaggableManager(through=ProposalTag, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["district", "-moved_at"], name="proposal_moved"),
            models.Index(fields=["state", "due_at"], name="proposal_due"),
            models.Index(fields=["state", "closes_at"], name="proposal_closing"),
            models.Index(fields=["district", "-supports"], name="proposal_supported"),
            models.Index(fields=["dong", "state"], name="proposal_by_dong"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="proposal_state_known"),
            models.CheckConstraint(condition=Q(category__in=Category.values), name="proposal_category_known"),
            models.CheckConstraint(
                name="proposal_review_has_clock",
                condition=Q(state__in=["open", "expired", "withdrawn"])
                | Q(reached_at__isnull=False, due_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def key(self) -> str:
        """The name of this proposal in the feed, the ledger and the chain."""
        return f"proposal:{self.code}"

    @property
    def scope(self) -> str:
        """Where a role must hold to answer it: its department, or the district as long as it has none."""
        return department_scope(self.department_id) if self.department_id else district_scope(self.district_id)


class Support(models.Model):
    """One person's support (공감) for one proposal."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="support_rows")
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+", help_text="empty once the account is erased"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "person"], name="support_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id}"


class Decision(models.TextChoices):
    ADOPTED = "adopted", _("Adopted")
    DECLINED = "declined", _("Not adopted")


class Answer(models.Model):
    """The district's answer, with the office that stands behind it (민원 처리법 시행령 article 31)."""

    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="answer")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    headline = models.CharField(max_length=120, blank=True, help_text="a promise in one sentence")
    reason = models.TextField()
    planned = models.CharField(max_length=60, blank=True, help_text="when it will be done, in words")
    official = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    official_name = models.CharField(max_length=30)
    office = models.CharField(max_length=60)
    phone = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(decision__in=Decision.values), name="answer_decision_known")]

    def __str__(self) -> str:
        return f"{self.decision} {self.office}"


class Transfer(models.Model):
    """A proposal was handed on from one department to another (이송), with the reason that everybody reads."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="transfer_rows")
    before = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    to = models.ForeignKey(Department, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    official = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    official_name = models.CharField(max_length=30)
    office = models.CharField(max_length=60)
    phone = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["proposal", "at", "id"], name="transfer_in_order")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.to_id}"
