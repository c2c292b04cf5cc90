"""What is true everywhere of what comes in and goes out: policies, cookies, uploads, limits, logs."""

from typing import Any

from livinglab.content_policy import PUBLIC

CONTENT_SECURITY_POLICY = {"DIRECTIVES": PUBLIC}
CSRF_FAILURE_VIEW = "livinglab.refusing.csrf_failed"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
WHITENOISE_ALLOW_ALL_ORIGINS = False  # our files are for our pages
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600  # two weeks, the retention table of the privacy page
# Beside allauth's own, which end with a minute: nobody's mailbox is filled through us, and nobody opens accounts or
# tries a password on account after account, hour after hour. A school is behind one address.
ACCOUNT_RATE_LIMITS = {
    "signup": "20/m/ip,200/h/ip",
    "login_failed": "10/m/ip,200/h/ip,5/300s/key",
    # Of one address, whoever asks; below, what one network may ask for it (account_forms.AskedFrom).
    "request_login_code": "20/m/ip,15/m/key,100/h/key",
    "reset_password": "20/m/ip,15/m/key,100/h/key",
    "request_login_code_from": "3/m/key,20/h/key",
    "reset_password_from": "5/m/key,20/h/key",
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # bytes; a proposal with every field full is under 40 kB
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_HANDLERS = [
    "livinglab.uploads.LargestRequest",  # before a byte is kept
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
WAGTAILEMBEDS_FINDERS: list[Any] = []  # nothing is fetched from an address that somebody typed
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]  # drawn anew by civic.photos; no SVG: it can hold scripts
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10_000_000  # bytes
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.pictures.PictureForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv"]  # nobody may upload one yet

_OF_SERVERS = ("uvicorn", "uvicorn.error", "uvicorn.access", "_granian", "granian.access")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "livinglab.log_lines.SoberFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        **{name: {"level": "WARNING"} for name in ("wagtail", "django_tasks")},  # they tell of each page loaded
        # Handlers of their own mask nothing, and Django's mail what a form held. The servers set theirs up before they
        # load the site, so that this comes last.
        **{name: {"handlers": [], "propagate": True} for name in ("django", *_OF_SERVERS)},
    },
}
