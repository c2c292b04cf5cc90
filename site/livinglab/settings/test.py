"""Tests: the demonstration's switches on a database of their own; `make test` sets DATABASE_URL for PostgreSQL."""

import os
import tempfile
from pathlib import Path

from .base import *  # noqa: F403 - a settings module is its base plus the difference
from .base import DATABASES, INSTALLED_APPS, STORAGES

DEMO = True
SECRET_KEY = "tests-only"  # noqa: S105 - tests have nothing to hide
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
OUTBOX_DELIVERY_BACKEND = "civic.outbox.backend.DemoMailbox"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="livinglab-test-media-"))
DESTROYED_LOG = MEDIA_ROOT.with_suffix(".destroyed.log")
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed; `make prove` measures sign-in
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads and other processes must see the same rows.
    _name = f"livinglab-test-{os.environ.get('TEST_DB', 'one')}.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": str(Path(tempfile.gettempdir()) / _name)}
INSTALLED_APPS = [*INSTALLED_APPS, "django_linear_migrations"]  # makemigrations runs with these settings
FIRST_PARTY_APPS = ["civic", "cms"]
