"""Which lamps and gateways hold a key, and who stops one that leaked? Those who arrange lamps, in their districts."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet

from civic.clocks.now import database_now
from civic.devices.actions import revoke_device_token
from civic.devices.models import Clock, DeviceToken
from civic.devices.queries import keys_within
from civic.devices.rules.keys import why_not_revoke_key
from civic.refusals import Refusal

from .access import districts_for, person_at
from .verbs import VerbView

KEYS = gettext_lazy("Keys of devices")
PER_PAGE = 50


class KeptKeys(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """Pages of the keys in one's own districts."""

    model = DeviceToken
    permission_required = "view"
    header_icon = "key"

    def kept(self) -> Any:
        return keys_within(districts_for(person_at(self.request), "arrange_lamps"))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [{"url": reverse("desk-keys:index"), "label": KEYS}]
        own = [{"url": "", "label": self.get_page_title()}]
        return [*self.breadcrumbs_items, *(above if type(self) is not KeyList else []), *own]


class KeyList(KeptKeys, TemplateView):
    """Who speaks with which key since when; the same number of queries with 1 and with 50 rows."""

    template_name = "cms/desk/keys.html"
    page_title = KEYS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = person_at(self.request)
        page = Paginator(self.kept(), PER_PAGE).get_page(self.request.GET.get("page"))
        rows = [(key, told(key), why_not_revoke_key(person, key) is None) for key in page.object_list]
        return super().get_context_data(**kwargs) | {"page": page, "rows": rows}


class RevokeView(KeptKeys, VerbView):
    """A question before it is done: what speaks with the key is not heard from then on."""

    form_class = forms.Form
    page_title = gettext_lazy("Revoke a key")
    button = gettext_lazy("Revoke the key")
    done = gettext_lazy("The key no longer works.")
    after = "desk-keys:index"

    @cached_property
    def key(self) -> DeviceToken:
        found: DeviceToken = get_object_or_404(self.kept(), pk=self.kwargs["pk"])
        return found

    @property
    def note(self) -> str:  # type: ignore[override]  # it names whose key it is
        words = _("%(holder)s, key %(number)s. Once it is revoked, readings that come with it are turned away.")
        return words % {"holder": told(self.key), "number": self.key.pk}

    def refusal(self) -> Refusal | None:
        return why_not_revoke_key(person_at(self.request), self.key)

    def act(self, said: dict[str, Any]) -> None:
        revoke_device_token(by=person_at(self.request), token=self.key, at=database_now())


def told(key: DeviceToken) -> str:
    """Who speaks with it, in words."""
    if key.device:
        return _("Device %(tag)s") % {"tag": key.device.tag}
    assert key.gateway
    words = _("Gateway of %(district)s")
    if key.gateway.clock == Clock.SIMULATED:
        words = _("Gateway of %(district)s with a simulated clock")
    return words % {"district": key.gateway.district}


class KeyViewSet(ViewSet):
    name = "desk-keys"
    url_prefix = "keys"
    icon = "key"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", KeyList.as_view(), name="index"),
            path("<int:pk>/revoke/", RevokeView.as_view(), name="revoke"),
        ]
