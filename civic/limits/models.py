"""How often was it done? One row for each account or address, act and stretch of time; named by a keyed digest."""

from django.db import models


class WriteCount(models.Model):
    """`key` names who, what and which stretch, and lets nobody read them; after `until` the row goes."""

    key = models.CharField(max_length=64, primary_key=True)
    number = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.number} until {self.until}"
