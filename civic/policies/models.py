"""Which figures does a district promise? Rows with a date, never edited once they hold; and when is it closed?"""

from django.db import models

from civic.places.models import District


class ParticipationPolicy(models.Model):
    """Thresholds and clocks of one district from a moment on. A proposal keeps the row it was published under.

    Defaults follow the rules on citizens' proposals (국민 제안 규정): decision in 30 days, request for completion
    in 7, expert opinion 21 days off the clock, re-examination in 15.
    """

    district = models.ForeignKey(District, models.PROTECT, related_name="policies")
    valid_from = models.DateTimeField()
    support_needed = models.PositiveIntegerField(default=30)
    window_days = models.PositiveIntegerField(default=30)
    answer_days = models.PositiveIntegerField(default=30)
    completeness_days = models.PositiveIntegerField(default=7)
    expert_days = models.PositiveIntegerField(default=21)
    reexamination_days = models.PositiveIntegerField(default=15)
    interim_days = models.PositiveIntegerField(default=30)
    forum_days = models.PositiveIntegerField(default=20)
    fault_answer_hours = models.PositiveIntegerField(default=3, help_text="working hours to the first answer")
    fault_repair_hours = models.PositiveIntegerField(default=24)
    fault_relapse_days = models.PositiveIntegerField(default=14, help_text="a relapse within keeps the number")
    fault_repair_photos = models.PositiveIntegerField(default=0, help_text="pictures that prove a repair")
    support_level = models.PositiveSmallIntegerField(default=1, help_text="how sure it is who supports: 1 to 3")
    post_level = models.PositiveSmallIntegerField(default=1)
    propose_level = models.PositiveSmallIntegerField(default=1)
    vote_level = models.PositiveSmallIntegerField(default=2)

    class Meta:
        ordering = ["district", "-valid_from"]
        verbose_name_plural = "participation policies"
        constraints = [
            models.UniqueConstraint(fields=["district", "valid_from"], name="policy_once_per_moment"),
            models.CheckConstraint(condition=models.Q(support_needed__gte=1), name="policy_needs_support"),
            models.CheckConstraint(condition=models.Q(window_days__gte=1), name="policy_has_window"),
            models.CheckConstraint(
                condition=models.Q(
                    support_level__range=(1, 3),
                    post_level__range=(1, 3),
                    propose_level__range=(1, 3),
                    vote_level__range=(1, 3),
                ),
                name="policy_levels_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district} {self.valid_from:%Y-%m-%d}"


class Holiday(models.Model):
    """A day on which a district's offices are closed: public holidays, their substitutes, its own days."""

    district = models.ForeignKey(District, models.CASCADE, related_name="holidays")
    day = models.DateField()
    name = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "day"], name="holiday_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
