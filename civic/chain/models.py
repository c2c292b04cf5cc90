"""Where does a thing stand on the way from a worry to a policy?"""

from django.db import models


class Node(models.Model):
    """One thing in the chain, as every page may show it. Its owner writes it in the owner's own transaction."""

    key = models.CharField(primary_key=True, max_length=80)
    kind = models.CharField(max_length=20)
    district = models.CharField(max_length=5, blank=True)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=20)
    path = models.CharField(max_length=200)
    public = models.BooleanField(default=True)
    due_at = models.DateTimeField(null=True, help_text="until when somebody owes it the next step; none owed: empty")
    marks = models.JSONField(default=list, help_text="what happened at each place: see chain.line.Mark")

    class Meta:
        indexes = [models.Index(fields=["kind", "state", "district"], name="node_by_state")]

    def __str__(self) -> str:
        return self.key


class Link(models.Model):
    """One thing came of another."""

    origin = models.ForeignKey(Node, models.CASCADE, related_name="outward")
    target = models.ForeignKey(Node, models.CASCADE, related_name="inward")
    kind = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["origin", "target", "kind"], name="link_once")]

    def __str__(self) -> str:
        return f"{self.origin_id} {self.kind} {self.target_id}"


class Serial(models.Model):
    """The last public number given to a kind of thing in a year, such as P-2026-000123."""

    prefix = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="serial_once_a_year")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}-{self.last:06d}"
