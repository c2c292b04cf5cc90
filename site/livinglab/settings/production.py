"""Production: refuses to start half configured, by the name of what is missing."""

import os

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403 - a settings module is its base plus the difference
from .wanting import wanting

if said := wanting(os.environ):
    raise ImproperlyConfigured(" ".join(said))

CSRF_TRUSTED_ORIGINS = [os.environ["BASE_URL"].rstrip("/")]
_https = os.environ["BASE_URL"].startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [
    "^healthz$",
    "^readyz$",
    "^metrics$",
]  # asked on this machine, without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
# No host under the name of an office is ours to promise for, on browsers' lists, for years: its owner does that.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
if _https:  # names that browsers take from this very host alone, and only over TLS: no neighbour plants one
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
