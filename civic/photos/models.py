"""Which pictures belong to a thing? Kept by the thing's key, served from our own media under a name nobody guesses."""

from django.db import models


class Photo(models.Model):
    """A picture we drew anew from what was uploaded: no place, no camera, no time of taking is left in it.

    Those that residents send may show people: only a public one stands on a public page.
    """

    key = models.CharField(max_length=80, db_index=True, help_text="of the thing it shows")
    file = models.FileField(max_length=120, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    public = models.BooleanField(default=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key} {self.width}x{self.height}"
