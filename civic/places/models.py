"""Where is it? Districts and the dongs that serve them (행정동)."""

from django.db import models
from django.utils.translation import get_language


class Named(models.Model):
    """A place with a Korean and an English name."""

    name_ko = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_ko


class District(Named):
    """A district (자치구) by its 5-digit code."""

    code = models.CharField(primary_key=True, max_length=5)
    slug = models.SlugField(unique=True)

    class Meta:
        ordering = ["code"]


class Dong(Named):
    """An administrative dong (행정동) by its 10-digit code, with the centre of its area in WGS84 degrees."""

    code = models.CharField(primary_key=True, max_length=10)
    district = models.ForeignKey(District, models.PROTECT, related_name="dongs")
    lat = models.FloatField()
    lon = models.FloatField()

    class Meta:
        ordering = ["code"]


class Boundary(models.Model):
    """The outline of a dong: a GeoJSON geometry in WGS84 degrees, and the box around it to look it up by."""

    dong = models.OneToOneField(Dong, models.CASCADE, primary_key=True, related_name="boundary")
    geometry = models.JSONField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()

    class Meta:
        verbose_name_plural = "boundaries"

    def __str__(self) -> str:
        return self.dong_id
