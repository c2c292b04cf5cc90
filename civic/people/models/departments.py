"""Which offices has a district, in which tree (국, 과, 팀), and what is brought to which of them?"""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy

from civic.places.models import District


class Level(models.TextChoices):
    BUREAU = "bureau", pgettext_lazy("level of a department", "Bureau")
    DIVISION = "division", pgettext_lazy("level of a department", "Division")
    TEAM = "team", pgettext_lazy("level of a department", "Team")


class Department(models.Model):
    """An office of a district. Its code says where it hangs (`11200.safety.roads.lights`) and never changes.

    `title` is its name as it stands beside words: a team is named together with its division.
    """

    code = models.CharField(primary_key=True, max_length=48)
    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="units")
    level = models.CharField(max_length=10, choices=Level.choices)
    name_ko = models.CharField(max_length=29)
    name_en = models.CharField(max_length=60)
    title_ko = models.CharField(max_length=60)
    title_en = models.CharField(max_length=130)
    phone = models.CharField(max_length=20)
    work_ko = models.CharField(max_length=200, blank=True, help_text="what it does, in one sentence")
    work_en = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="its place among its neighbours")
    closed_at = models.DateTimeField(null=True, help_text="nothing is brought to it any more")

    class Meta:
        ordering = ["district", "position", "code"]
        constraints = [models.CheckConstraint(condition=Q(level__in=Level.values), name="department_level_known")]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" else self.title_ko

    @property
    def key(self) -> str:
        """Its name in the ledger, and the scope of a role that is held in it."""
        return f"department:{self.code}"

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_ko

    @property
    def work(self) -> str:
        return self.work_en if get_language() == "en" else self.work_ko


class Route(models.Model):
    """What is brought to a department by itself: proposals or faults of one category."""

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", pgettext_lazy("what a department gets", "Proposals")
        FAULT = "fault", pgettext_lazy("what a department gets", "Faults")

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    category = models.CharField(max_length=12)
    department = models.ForeignKey(Department, models.PROTECT, related_name="routes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "kind", "category"], name="route_once"),
            models.CheckConstraint(condition=Q(kind__in=["proposal", "fault"]), name="route_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.category}"
