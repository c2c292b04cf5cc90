"""What is tried out in the street, how it is measured, by which rule it is judged."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from civic.devices.models import Device
from civic.people.models import Person
from civic.places.models import District, Dong
from civic.proposals.models import Proposal

from .states import Stage

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"


class Pilot(models.Model):
    """A trial that came of an adopted proposal. Days are local; `starts_on` and `ends_on` are the plan."""

    slug = models.CharField(max_length=40, unique=True, validators=[RegexValidator(rf"^{SLUG}\Z")])
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="pilots")
    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    dong = models.ForeignKey(Dong, models.PROTECT, related_name="+")
    title = models.CharField(max_length=100)
    summary = models.TextField(help_text="what is tried, where, with whom")
    planned_devices = models.CharField(max_length=120, blank=True, help_text="what will be set up, in words")
    office = models.CharField(max_length=60)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PLANNED)
    starts_on = models.DateField()
    ends_on = models.DateField()
    planned_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, help_text="first day of running; a retry does not change it")
    rule_fixed_at = models.DateTimeField(null=True, help_text="with the first start; nobody changes the rule after")
    decided_at = models.DateTimeField(null=True)
    measured_at = models.DateTimeField(null=True, help_text="until when faults are counted")
    moved_at = models.DateTimeField(help_text="last change of stage")
    devices = models.ManyToManyField(Device, through="PilotDevice", related_name="pilots")

    class Meta:
        indexes = [
            models.Index(fields=["district", "-moved_at"], name="pilot_moved"),
            models.Index(fields=["stage", "-moved_at"], name="pilot_by_stage"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=~Q(stage=Stage.STOPPED), name="pilot_of_proposal_once"
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="pilot_stage_known"),
            models.CheckConstraint(condition=Q(starts_on__lt=F("ends_on")), name="pilot_ends_after_start"),
            models.CheckConstraint(
                name="pilot_rule_precedes_running",
                condition=Q(stage=Stage.PLANNED) | Q(started_at__isnull=False, rule_fixed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """The name of this pilot in the feed, the ledger and the chain."""
        return f"pilot:{self.slug}"


class PilotDevice(models.Model):
    """A device that takes part in a pilot; its repairs count from `linked_at` on."""

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="device_rows")
    device = models.ForeignKey(Device, models.PROTECT, related_name="pilot_rows")
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pilot", "device"], name="pilot_device_once")]

    def __str__(self) -> str:
        return f"{self.pilot_id} {self.device_id}"


class Direction(models.TextChoices):
    LOWER = "lower", _("lower is better")
    HIGHER = "higher", _("higher is better")


class Source(models.TextChoices):
    RECORDED = "recorded", _("recorded by the department")
    REPAIR_HOURS = "repair_hours", _("computed from the faults of the linked lamps")


class Kpi(models.Model):
    """One indicator: its baseline is known before the pilot runs, its target before anything is measured."""

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="kpis")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=20)
    direction = models.CharField(max_length=6, choices=Direction.choices)
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.RECORDED)
    target = models.DecimalField(max_digits=12, decimal_places=2)
    baseline = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    baseline_on = models.DateField(null=True)
    baseline_n = models.PositiveIntegerField(null=True, help_text="on how many cases or answers it rests")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["pilot", "position"], name="kpi_position_once"),
            models.UniqueConstraint(fields=["pilot", "name"], name="kpi_name_once"),
            models.UniqueConstraint(
                fields=["pilot"], condition=Q(source=Source.REPAIR_HOURS), name="kpi_repair_hours_once"
            ),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="kpi_direction_known"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="kpi_source_known"),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True, baseline_on__isnull=True)
                | Q(baseline__isnull=False, baseline_on__isnull=False),
                name="kpi_baseline_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """One value of an indicator on a day; `value` is empty where a period held nothing to measure."""

    kpi = models.ForeignKey(Kpi, models.CASCADE, related_name="readings")
    on = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    n = models.PositiveIntegerField(null=True, help_text="on how many cases or answers it rests")
    note = models.CharField(max_length=80, blank=True, help_text="what was done then")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["kpi", "on"], name="reading_once_a_day")]

    def __str__(self) -> str:
        return f"{self.kpi_id} {self.on} {self.value}"


class ConditionKind(models.TextChoices):
    TARGET = "target", _("an indicator reaches its target")
    CASES = "cases", _("an indicator rests on enough cases or answers")
    DAYS = "days", _("it was measured for enough days")


class Condition(models.Model):
    """One condition of the rule; all together say when the pilot may be expanded. Fixed with the first start."""

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="conditions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=ConditionKind.choices)
    kpi = models.ForeignKey(Kpi, models.CASCADE, null=True, related_name="conditions")
    least = models.PositiveIntegerField(null=True, help_text="cases, answers or days")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["pilot", "position"], name="condition_position_once"),
            models.CheckConstraint(
                name="condition_says_what",
                condition=Q(kind=ConditionKind.TARGET, kpi__isnull=False, least__isnull=True)
                | Q(kind=ConditionKind.CASES, kpi__isnull=False, least__isnull=False)
                | Q(kind=ConditionKind.DAYS, kpi__isnull=True, least__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pilot_id} {self.kind}"


class Step(models.Model):
    """One change of stage with its reason, and the office that stands behind it. Never changed."""

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    back = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    rule_met = models.BooleanField(null=True, help_text="for a decision: whether every condition was met that day")
    basis = models.JSONField(default=list, help_text="for a decision: [condition, met, value, n] of that day")
    official = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    official_name = models.CharField(max_length=30)
    office = models.CharField(max_length=60)
    phone = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=Q(stage__in=Stage.values), name="step_stage_known")]

    def __str__(self) -> str:
        return f"{self.pilot_id} {self.stage}"
