"""Which address leads where? Pages in two languages; everything for programs in one."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.documents import urls as document_urls

from livinglab.api import api

from .crawlers import favicon, robots, security
from .demo.mail import mailbox
from .health import WATCHED
from .refusing import nothing_here
from .signing_in import other_accounts
from .signing_in.code_again import code_again
from .signing_in.codes import confirm_reset_code, confirm_sign_in_code
from .signing_in.factor_views import (
    add_app,
    add_passkey,
    new_recovery_codes,
    passkey_once_more,
    recovery_codes,
    recovery_codes_file,
    remove_app,
    remove_passkey,
    sign_in_by_passkey,
)
from .signing_in.identity import begin_identity
from .signing_in.sessions import sessions
from .styleguide import styleguide

# In production the proxy serves what editors uploaded; the demonstration has none before it.
media = [path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT})] if settings.DEMO else []

# Every component with invented words: for who builds and for who looks, not for residents.
parts = [path("styleguide/", styleguide, name="styleguide")] if settings.DEMO else []

# Wagtail brings a sign-in form of Django's own, which knows no second step, no limit and no confirmed address.
one_way_in = require_safe(RedirectView.as_view(pattern_name="account_login", query_string=True))

handler500 = "livinglab.refusing.server_error"
handler400 = "livinglab.refusing.bad_request"
handler429 = "livinglab.too_often.too_often"  # allauth asks for it

urlpatterns = [
    path("robots.txt", robots),
    path(".well-known/security.txt", security),
    path("favicon.ico", favicon),
    *(path(asked[1:], view, name=asked[1:]) for asked, view in WATCHED.items()),
    path("api/v1/", api.urls),
    path("ingest/", include("civic.devices.urls")),
    path("live/", include("civic.live.urls")),
    path("l/", include("civic.faults.plate_urls")),
    re_path(r"^(?:(?:api|ws|ingest)(?:/.*)?|live/.+)$", nothing_here),  # /live/ itself is a page
    path("desk/", include("cms.urls")),
    path("documents/", include(document_urls)),
    *media,
    *i18n_patterns(
        path("", include("civic.proposals.urls")),
        path("", include("civic.faults.urls")),
        path("", include("civic.voting.urls")),
        path("", include("civic.pilots.urls")),
        path("", include("civic.overview.urls")),
        path("", include("civic.privacy.urls")),
        path("accounts/login/code/confirm/", confirm_sign_in_code),  # before allauth's, under its names
        path("accounts/password/reset/confirm/", confirm_reset_code),
        path("accounts/reauthenticate/code/", code_again, name="account_code_again"),
        path("accounts/2fa/totp/activate/", add_app),
        path("accounts/2fa/totp/deactivate/", remove_app),
        path("accounts/2fa/recovery-codes/", recovery_codes),
        path("accounts/2fa/recovery-codes/download/", recovery_codes_file),
        path("accounts/2fa/recovery-codes/generate/", new_recovery_codes),
        path("accounts/2fa/webauthn/add/", add_passkey),
        path("accounts/2fa/webauthn/login/", sign_in_by_passkey),
        path("accounts/2fa/webauthn/reauthenticate/", passkey_once_more),
        path("accounts/2fa/webauthn/keys/<int:pk>/remove/", remove_passkey),
        path("accounts/sessions/", sessions),
        path("accounts/younger/", other_accounts.younger, name="account_younger"),
        path("accounts/with/<slug:provider>/", other_accounts.begin, name="account_begin"),
        path("accounts/with/<slug:provider>/link/", other_accounts.link, name="account_link"),
        path("accounts/3rdparty/", other_accounts.linked, name="socialaccount_connections"),
        path("accounts/3rdparty/<int:account>/unlink/", other_accounts.unlink, name="account_unlink"),
        path("accounts/oidc/identity/login/", begin_identity, name="identity"),  # nobody signs in with that one
        path("accounts/", include("allauth.urls")),
        path("demo/mail/", mailbox, name="demo-mail"),
        *parts,
        path("_util/login/", one_way_in),  # before Wagtail's
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
