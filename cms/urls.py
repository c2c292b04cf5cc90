"""Addresses of the desk: ours before Wagtail's."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from wagtail.admin import urls as wagtail_admin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from .desk.account import own_settings
from .desk.doors import editors_only
from .desk.second_step import second_step_first
from .desk.sign_in import desk_login


def guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """First the second step, then the doors of the office."""
    return second_step_first(editors_only(view))


def gone(request: HttpRequest, kind: str) -> HttpResponse:
    """There is no such desk page, whoever asks."""
    raise Http404


urlpatterns = [
    path("login/", desk_login, name="desk-login"),
    # People and roles change by actions that leave a fact; Wagtail's own forms for them would go round both.
    re_path(r"^(users|groups)/", gone),
    path("account/", guarded(own_settings), name="wagtailadmin_account"),
    path("", include(decorate_urlpatterns(wagtail_admin_urls.urlpatterns, guarded))),
]
