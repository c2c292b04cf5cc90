"""What could a reaction not handle? Items of the feed that were set aside, with their errors, and what mends them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from civic.clocks.now import database_now
from civic.feed.models import SetAside
from civic.reactions.actions import dismiss_set_aside, retry_set_aside
from civic.refusals import Refused

from .access import person_at
from .records import DayColumn, RecordList, RecordPage, RecordViewSet

SET_ASIDE = gettext_lazy("Items set aside")
LABELS = {
    "consumer": gettext_lazy("Reaction"),
    "kind": gettext_lazy("Fact"),
    "key": gettext_lazy("About"),
    "item_seq": gettext_lazy("Item"),
    "at": gettext_lazy("Since"),
    "error": gettext_lazy("Error"),
}


class SetAsideList(RecordList):
    label = SET_ASIDE
    district_lookup = None  # an item belongs to the installation, not to a district


class SetAsidePage(RecordPage):
    label = SET_ASIDE
    labels = LABELS
    district_lookup = None
    template_name = "cms/desk/set_aside.html"


class MendView(PermissionCheckedMixin, View):
    """A button of that page: `act` on the item, and say what came of it."""

    model = SetAside
    permission_required = "view"
    http_method_names = ["post"]
    act: Any = None
    done: str | Promise = ""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        aside = get_object_or_404(SetAside, pk=pk)
        try:
            type(self).act(by=person_at(request), aside=aside, at=database_now())
        except Refused as refused:
            messages.error(request, str(refused.refusal.text))
            return redirect("desk-set-aside:inspect", pk)
        messages.success(request, str(self.done))
        return redirect("desk-set-aside:index")


class RetryView(MendView):
    act = staticmethod(retry_set_aside)
    done = gettext_lazy("The reaction has handled the item.")


class DismissView(MendView):
    act = staticmethod(dismiss_set_aside)
    done = gettext_lazy("The item is dismissed.")


class SetAsideViewSet(RecordViewSet):
    model = SetAside
    name = "desk-set-aside"
    url_prefix = "set-aside"
    icon = "warning"
    index_view_class = SetAsideList
    inspect_view_class = SetAsidePage
    inspect_view_fields = list(LABELS)
    search_fields = ["consumer", "kind", "key", "error"]
    ordering = ["-at"]
    list_display = [
        TitleColumn("consumer", label=LABELS["consumer"], url_name="desk-set-aside:inspect"),
        *(Column(name, label=LABELS[name]) for name in ("kind", "key", "error")),
        DayColumn("at", label=LABELS["at"], sort_key="at"),
    ]
    inspect_template_name = "cms/desk/set_aside.html"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("retry/<int:pk>/", RetryView.as_view(), name="retry"),
            path("dismiss/<int:pk>/", DismissView.as_view(), name="dismiss"),
        ]
