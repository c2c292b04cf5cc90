"""Which address leads where? Pages in two languages; everything for programs in one."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as desk_urls
from wagtail.documents import urls as document_urls

from livinglab.api import api

from . import demo_mail, health, styleguide

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("api/v1/", api.urls),
    path("live/", include("civic.live.urls")),
    path("desk/", include(desk_urls)),
    path("documents/", include(document_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    *i18n_patterns(
        path("", include("civic.proposals.urls")),
        path("", include("civic.overview.urls")),
        path("accounts/", include("allauth.urls")),
        path("demo/mail/", demo_mail.mailbox, name="demo-mail"),
        path("styleguide/", styleguide.styleguide, name="styleguide"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
