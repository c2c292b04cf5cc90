"""What is true everywhere. demo, test and production say only how they differ."""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from .signing_in import sign_in_providers
from .wall import *  # noqa: F403 - a part of this module with a name of its own

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("LIVINGLAB_DATA", ROOT / "var")).resolve()  # media, keys, bundles, SQLite
FIXTURES = ROOT / "fixtures"

DEMO = False
# Whom residents call, and where the source of this very site is (AGPL section 13). Empty: nothing is printed.
HELP_PHONE = os.environ.get("HELP_PHONE", "")
HELP_OFFICE = {"ko": os.environ.get("HELP_OFFICE", ""), "en": os.environ.get("HELP_OFFICE_EN", "")}
HELP_HOURS = {"ko": os.environ.get("HELP_HOURS", ""), "en": os.environ.get("HELP_HOURS_EN", "")}
SOURCE_URL = os.environ.get("SOURCE_URL", "")
DEBUG = False
SECRET_KEY = os.environ.get("SECRET_KEY", "")
# Earlier ones, the newest first: by them second steps are read and people known again who were checked before.
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if key]
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]
REDIS_URL = os.environ.get("REDIS_URL", "")
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")  # who holds it may read /metrics from elsewhere
try:
    CLOCK_OFFSET = float(os.environ.get("CLOCK_OFFSET", "0"))  # seconds added to the database clock
except ValueError:
    raise ImproperlyConfigured("CLOCK_OFFSET is a number of seconds.") from None
FEED_KEPT_DAYS = 7.0  # of items; ledger entries are kept for ever

INSTALLED_APPS = [
    "civic",
    "cms",
    "livinglab",
    "wagtail.users",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.snippets",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.search",
    "wagtail.contrib.simple_translation",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.kakao",
    "allauth.socialaccount.providers.naver",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "django_vite",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",  # its widget templates, for TemplatesSetting
]

MIDDLEWARE = [
    "livinglab.middleware.WallMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "livinglab.middleware.ContentPolicyMiddleware",
    "livinglab.middleware.PersonalMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "livinglab.health.WatchedMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "civic.privacy.asking.ConsentMiddleware",
    "civic.privacy.too_late.TooLateMiddleware",
    "livinglab.middleware.ErrorShapeMiddleware",
    "livinglab.middleware.HeadMiddleware",
]

ROOT_URLCONF = "livinglab.urls"
WSGI_APPLICATION = "livinglab.wsgi.application"
ASGI_APPLICATION = "livinglab.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "livinglab.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- database -------------------------------------------------------------------------------
# Kept connections are asked first whether they live: the first visitors after a restart of the database see no error.
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA / 'livinglab.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: six writing processes gave 0 "database is locked" against 1,044 of 1,800 when deferred.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
        "PRAGMA temp_store=MEMORY;PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;"
        "PRAGMA secure_delete=ON;",  # what was erased is in no free page either; it costs nothing that can be measured
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        options="-c statement_timeout=15000 -c idle_in_transaction_session_timeout=15000",
        # Statements are prepared at their second use: a support costs 8.7 ms of processor time instead of 12.5.
        server_side_binding=True,
        prepare_threshold=2,
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "livinglab.shared_cache.SharedCache", "LOCATION": "shared_cache"}
    )
}

# --- people ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "civic.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]  # a ModelBackend: rights by group too
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "livinglab.signing_in.passwords.NotOneself"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "livinglab.signing_in.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "livinglab.signing_in.newcomer_forms.SignupForm",
    "login": "livinglab.signing_in.account_forms.SignInForm",
    "request_login_code": "livinglab.signing_in.account_forms.MailedCodeForm",
    "confirm_login_code": "livinglab.signing_in.account_forms.ConfirmSignInForm",
    "confirm_email_verification_code": "livinglab.signing_in.account_forms.ConfirmAddressForm",
    "confirm_password_reset_code": "livinglab.signing_in.account_forms.ConfirmResetForm",
    "add_email": "livinglab.signing_in.account_forms.NewAddressForm",
    "change_password": "livinglab.signing_in.account_forms.ChangePasswordForm",
    "set_password": "livinglab.signing_in.account_forms.SetPasswordForm",
    "reset_password": "livinglab.signing_in.account_forms.ForgottenPasswordForm",
    "reset_password_from_key": "livinglab.signing_in.account_forms.NewPasswordForm",
    "reauthenticate": "livinglab.signing_in.account_forms.PasswordAgainForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_PREVENT_ENUMERATION = True  # the same answer whether or not an address has an account
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # seconds, as for the other codes: time to reach the mailbox
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
# Digits, because a Korean keyboard writes no Latin letters; eight, because six would fall to patient guessing.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_CHANGE_EMAIL = True  # one address an account; a new one replaces it when it is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a change of password or address is told to its owner
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True  # two weeks: SESSION_COOKIE_AGE
SESSION_ENGINE = "livinglab.signing_in.session_store"
ACCOUNT_LOGOUT_ON_GET = False
MFA_ADAPTER = "livinglab.signing_in.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "구민청"  # beside the address in the authenticator app
MFA_TOTP_TOLERANCE = 1  # steps of 30 s before and after: telephones' clocks differ; each code counts once
MFA_FORMS = {
    "authenticate": "livinglab.signing_in.factor_forms.SecondStepForm",
    "reauthenticate": "livinglab.signing_in.factor_forms.SecondStepAgainForm",
    "activate_totp": "livinglab.signing_in.factor_forms.NewAppForm",
    "add_webauthn": "livinglab.signing_in.passkey_forms.NewPasskeyForm",
    "edit_webauthn": "livinglab.signing_in.passkey_forms.PasskeyNameForm",
    "authenticate_webauthn": "livinglab.signing_in.passkey_forms.PasskeyAfterPassword",
    "login_webauthn": "livinglab.signing_in.passkey_forms.PasskeyAlone",
    "reauthenticate_webauthn": "livinglab.signing_in.passkey_forms.PasskeyAgain",
}
# With an account elsewhere: what the environment names (settings/signing_in.py), and nothing where it names none.
SOCIALACCOUNT_PROVIDERS = sign_in_providers(os.environ)
SOCIALACCOUNT_ADAPTER = "livinglab.signing_in.social.SocialAdapter"
SOCIALACCOUNT_FORMS = {"signup": "livinglab.signing_in.newcomer_forms.SocialSignupForm"}
SOCIALACCOUNT_AUTO_SIGNUP = False  # a nickname, the consents and an address are asked first
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an address that a provider tells opens no account that is here
SOCIALACCOUNT_STORE_TOKENS = False  # keys to people's accounts elsewhere
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5  # seconds
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "0"))  # whose X-Forwarded-For the limits believe
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
EMAIL_BACKEND = "civic.outbox.backend.OutboxEmailBackend"  # every mail leaves through the outbox
OUTBOX_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "livinglab@localhost")
SECURITY_CONTACT = os.environ.get("SECURITY_CONTACT", DEFAULT_FROM_EMAIL)  # whom /.well-known/security.txt names
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "").lower() in {"1", "true", "yes", "on"}  # STARTTLS
EMAIL_TIMEOUT = 10  # seconds; a mail server that does not answer must not hold the worker

# --- languages and time ---------------------------------------------------------------------
LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
FORMAT_MODULE_PATH = "livinglab.formats"  # one form of day on English pages
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Seoul"

# --- files ----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
FRONTEND_DIST = ROOT / "frontend" / "dist"
STATICFILES_DIRS = [("front", FRONTEND_DIST)]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
DESTROYED_LOG = DATA / "destroyed.log"  # what no restored backup may bring back
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DJANGO_VITE = {
    "default": {"dev_mode": False, "static_url_prefix": "front", "manifest_path": FRONTEND_DIST / "manifest.json"}
}

# --- the desk -------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "구민청"
WAGTAILADMIN_BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8000")
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # asks another host
WAGTAIL_ENABLE_UPDATE_CHECK = False  # asks another host
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = False  # one group edits pages: nobody to submit them to
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_USER_TIME_ZONES = ["Asia/Seoul"]  # a deadline is a local day
WAGTAILADMIN_PERMITTED_LANGUAGES = [("ko", "한국어"), ("en", "English")]
