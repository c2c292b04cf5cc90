"""What is a person told?"""

from django.db import models

from civic.people.models import Person


class Notice(models.Model):
    """One line in a person's inbox: which fact, about which thing. Its sentence is made when it is read."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    fact = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    data = models.JSONField(default=dict)
    seq = models.BigIntegerField(help_text="number of the feed item that caused it")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="notice_newest")]
        constraints = [models.UniqueConstraint(fields=["person", "seq"], name="notice_once")]

    def __str__(self) -> str:
        return f"{self.fact} {self.key}"
