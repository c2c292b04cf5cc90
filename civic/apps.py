"""The domain, as one Django app with one migration history."""

from django.apps import AppConfig


class CivicConfig(AppConfig):
    name = "civic"
    verbose_name = "Living lab"
