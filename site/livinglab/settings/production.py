"""Production: refuses to start half configured, by the name of what is missing."""

import os

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403 - a settings module is its base plus the difference
from .base import CLOCK_OFFSET

REQUIRED = (
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "LIVINGLAB_DATA",
    "BASE_URL",
    "EMAIL_HOST",
    "DEFAULT_FROM_EMAIL",
    "TRUSTED_PROXIES",  # in front, 0 where none stands: with 0 behind one, all visitors share one limit
)
for name in REQUIRED:
    if not os.environ.get(name):
        raise ImproperlyConfigured(f"{name} is not set: production does not start without it.")
if CLOCK_OFFSET:
    raise ImproperlyConfigured("CLOCK_OFFSET is for demonstrations and tests: production refuses to start with it.")

CSRF_TRUSTED_ORIGINS = [os.environ["BASE_URL"]]
_https = os.environ["BASE_URL"].startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$", "^metrics$"]  # watched from this machine, without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
