"""The site as production runs it, with the bench's two views; started by `livinglab bench` only."""

import os

from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livinglab.settings.production")
settings.ROOT_URLCONF = "livinglab.bench.urls"

from livinglab.wsgi import application  # noqa: E402 - the address list must be known first

__all__ = ["application"]
