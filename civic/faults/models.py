"""What is out of order, who said so, and what was done about it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from civic.devices.models import Device
from civic.people.models import Department, Person
from civic.people.roles import department_scope, district_scope
from civic.places.models import District, Dong

from .states import CLOSED, State


class Category(models.TextChoices):
    """What is wrong, in a resident's words; the last two only a machine says."""

    DARK = "dark", pgettext_lazy("fault", "It does not light")
    FLICKERING = "flickering", pgettext_lazy("fault", "It flickers")
    DAY_BURNING = "day_burning", pgettext_lazy("fault", "It burns by day")
    TOO_DARK = "too_dark", pgettext_lazy("fault", "It is too dark")
    TOO_BRIGHT = "too_bright", pgettext_lazy("fault", "It is too bright or dazzles")
    BROKEN = "broken", pgettext_lazy("fault", "Pole or cover is broken")
    WIRE = "wire", pgettext_lazy("fault", "A wire hangs down or it gives shocks")
    OTHER = "other", pgettext_lazy("fault", "Something else")
    SILENT = "silent", pgettext_lazy("fault", "It no longer reports")
    OUTAGE = "outage", pgettext_lazy("fault", "No power at the cabinet")


class Trouble(models.TextChoices):
    """Kinds of trouble: two words for the same trouble with the same lamp are one fault."""

    LIGHT = "light"
    DAY = "day"
    GLARE = "glare"
    DAMAGE = "damage"
    OTHER = "other"
    LINK = "link"
    SUPPLY = "supply"


class Source(models.TextChoices):
    SENSOR = "sensor", pgettext_lazy("fault source", "Sensor")
    RESIDENT = "resident", pgettext_lazy("fault source", "Resident")


class Rejection(models.TextChoices):
    DUPLICATE_OF = "duplicate_of", pgettext_lazy("fault", "Already reported under another number")
    NOT_OURS = "not_ours", pgettext_lazy("fault", "Not in our care")
    NOT_FOUND = "not_found", pgettext_lazy("fault", "Nothing found at the place")
    NO_FAULT = "no_fault", pgettext_lazy("fault", "In order")


class Fault(models.Model):
    """One thing out of order under one public number, from the first sign to the evidence that it is mended.

    A cabinet that lost its supply is one fault with its lamps as `affected`. `due_at` is the clock that runs now:
    the first answer's, then the repair's; none once repaired or closed.
    """

    code = models.CharField(max_length=16, unique=True)
    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    dong = models.ForeignKey(Dong, models.PROTECT, null=True, related_name="+")
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="faults")
    affected = models.ManyToManyField(Device, through="AffectedLamp", related_name="faults_above")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    category = models.CharField(max_length=12, choices=Category.choices)
    trouble = models.CharField(max_length=8, choices=Trouble.choices)
    finding = models.CharField(max_length=30, blank=True, help_text="TALQ's name, where a device said so")
    source = models.CharField(max_length=8, choices=Source.choices)
    state = models.CharField(max_length=12, choices=State.choices)
    reports = models.PositiveIntegerField(default=0, help_text="people and guests who said so, each once")
    first_network = models.CharField(
        max_length=64, blank=True, help_text="digest of the first guest's, until the fault is confirmed or taken on"
    )

    opened_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    planned_for = models.DateTimeField(null=True, help_text="when somebody comes")
    started_at = models.DateTimeField(null=True)
    repaired_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    rejected_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True, help_text="the last relapse; the repair's hours count from it")
    reopened = models.PositiveSmallIntegerField(default=0)
    closure_proposed_at = models.DateTimeField(null=True, help_text="its device says that it is well again")
    answer_due_at = models.DateTimeField()
    repair_due_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(help_text="last change of state")

    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="+", help_text="to whom it was brought"
    )
    assignee = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    assignee_name = models.CharField(max_length=30, blank=True)
    office = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    result = models.TextField(blank=True, help_text="what was done, for everybody")
    rejection = models.CharField(max_length=12, choices=Rejection.choices, blank=True)
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="duplicates")

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"], name="fault_due"),
            models.Index(fields=["district", "-moved_at"], name="fault_moved"),
            models.Index(fields=["dong", "state"], name="fault_by_dong"),
            models.Index(fields=["device", "-opened_at"], name="fault_of_device"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["device", "trouble"], name="fault_open_once", condition=~Q(state__in=[s.value for s in CLOSED])
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="fault_state_known"),
            models.CheckConstraint(condition=Q(category__in=Category.values), name="fault_category_known"),
            models.CheckConstraint(
                condition=~Q(state="repaired") | Q(repaired_at__isnull=False) & ~Q(result=""),
                name="fault_repair_has_result",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(rejection=""), name="fault_rejection_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def key(self) -> str:
        """The name of this fault in the feed, the ledger and the chain."""
        return f"fault:{self.code}"

    @property
    def scope(self) -> str:
        """Where a role must hold to work on it: its department, or the district where it has none."""
        return department_scope(self.department_id) if self.department_id else district_scope(self.district_id)


class AffectedLamp(models.Model):
    """A lamp that is dark because of another thing's fault: of a cabinet's supply."""

    fault = models.ForeignKey(Fault, models.CASCADE, related_name="affected_rows")
    device = models.ForeignKey(Device, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fault", "device"], name="affected_once")]

    def __str__(self) -> str:
        return f"{self.fault_id} {self.device_id}"


class Report(models.Model):
    """One person's or guest's word that something is wrong. A guest follows it by a key; only its SHA-256 is kept."""

    fault = models.ForeignKey(Fault, models.CASCADE, related_name="report_rows")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    category = models.CharField(max_length=12, choices=Category.choices, blank=True)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    counted = models.BooleanField(default=True, help_text="not: one more word of the same person, after a relapse")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fault", "person"], name="report_once", condition=Q(person__isnull=False, counted=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.fault_id} {self.at:%Y-%m-%d}"

    @property
    def key(self) -> str:
        """By which its photos are kept."""
        return f"report:{self.pk}"


class Contact(models.Model):
    """Where a reporter wants to be told, in a row of its own: it goes when the fault has long been closed."""

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="contact")
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=5)

    def __str__(self) -> str:
        return f"{self.report_id}"


class FaultStep(models.Model):
    """One step on a fault's way: when, who stands for it, and the note that everybody may read. Never changed."""

    fault = models.ForeignKey(Fault, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=12, choices=State.choices)
    fact = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", help_text="an official; no resident")
    by_name = models.CharField(max_length=30, blank=True)
    office = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["fault", "at", "id"], name="fault_step_in_order")]

    def __str__(self) -> str:
        return f"{self.fault_id} {self.state}"
