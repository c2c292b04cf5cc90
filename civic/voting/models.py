"""What is voted on, who took part, and which choices were made: three tables that meet only while a round is open."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from civic.people.models import Person
from civic.places.models import District
from civic.policies.models import ParticipationPolicy

from .states import State


class Kind(models.TextChoices):
    APPROVAL = "approval"  # any number of options between min and max, each pick one vote


class Outcome(models.TextChoices):
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"


class Round(models.Model):
    """One vote: its rule and its options stand still once it is announced.

    `turnout` is how many people have cast a ballot; nothing else is counted before closing.
    """

    slug = models.SlugField(max_length=60, unique=True)
    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.APPROVAL)
    title = models.CharField(max_length=120)
    lead = models.CharField(max_length=400, blank=True, help_text="what is decided, in a sentence or two")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    min_picks = models.PositiveSmallIntegerField(default=1)
    max_picks = models.PositiveSmallIntegerField()
    seats = models.PositiveSmallIntegerField(default=1, help_text="how many options are chosen")
    quorum = models.PositiveIntegerField(null=True, help_text="ballots needed for the result to hold; empty for none")
    policy = models.ForeignKey(
        ParticipationPolicy, models.PROTECT, null=True, related_name="+", help_text="says who may vote; pinned"
    )
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True, help_text="public from then on")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    wiped_at = models.DateTimeField(
        null=True, help_text="the database's files hold no deleted ballot since; see traces"
    )
    turnout = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["state", "closes_at"], name="round_closing")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="round_state_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="round_kind_known"),
            models.CheckConstraint(
                condition=Q(min_picks__gte=1, max_picks__gte=F("min_picks"), seats__gte=1), name="round_picks_fit"
            ),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="round_has_time"),
            models.CheckConstraint(
                name="round_announced_before_open",
                condition=Q(state="draft") | Q(announced_at__isnull=False, policy__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.title}"

    @property
    def key(self) -> str:
        """The name of this round in the feed, the ledger and the chain."""
        return f"round:{self.slug}"

    def state_at(self, at: datetime) -> State:
        """The state that everybody is told: the clock closes a round to the second, however late the sweep."""
        over = self.state == State.OPEN and at >= self.closes_at
        return State.CLOSED if over else State(self.state)


class Option(models.Model):
    """What can be picked, as it was when the round was made. `number` is the announced order, which settles ties."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    cost = models.PositiveBigIntegerField(null=True, help_text="won; empty where nothing has to be paid")
    category = models.CharField(max_length=12, blank=True)
    dong = models.CharField(max_length=10, blank=True, help_text="10-digit code")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    about = models.CharField(max_length=80, blank=True, help_text="what it came of, such as proposal:P-2026-000123")
    votes = models.PositiveIntegerField(null=True, help_text="set by the count, after closing")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    tied = models.BooleanField(default=False, help_text="the announced order decided over it")

    class Meta:
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="option_number_once"),
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="option_outcome_known"),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True) | Q(lon__isnull=False, lat__isnull=False),
                name="option_point_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Participation(models.Model):
    """Somebody took part; nothing of what was chosen. Who it was goes 30 days after the result is published."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="participations")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="participation_once")]

    def __str__(self) -> str:
        return f"{self.round_id}"


class OpenBallot(models.Model):
    """The choices of one participant while the round is open, so that they can be changed. Closing removes them all."""

    participation = models.OneToOneField(Participation, models.CASCADE, primary_key=True, related_name="ballot")
    tracker = models.CharField(max_length=14, unique=True)
    choices = models.JSONField(help_text="ids of options")

    def __str__(self) -> str:
        return f"{self.participation_id}"


class UrnBallot(models.Model):
    """A ballot after closing: its tracker and its choices. No id, no time, no person; written in order of tracker."""

    tracker = models.CharField(primary_key=True, max_length=14)
    round = models.ForeignKey(Round, models.PROTECT, related_name="urn")
    choices = models.JSONField(help_text="ids of options")

    def __str__(self) -> str:
        return self.tracker
