"""What could a reaction not handle? Items of the feed that were set aside, with their errors, and what mends them."""

from typing import Any

from django.db.models import QuerySet
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
from civic.limits.edge import insist_within
from civic.people.actions import Subject
from civic.people.models import Seen
from civic.people.roles import district_of
from civic.people.rules import scopes_for
from civic.reactions.actions import dismiss_set_aside, retry_set_aside
from civic.reactions.queries import scope_of, set_aside_within
from civic.refusals import Refused

from .access import person_at
from .noting import note_shown
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


class OfOwnDistrict:
    """Items about one's own districts; about none of them for whoever keeps the whole site."""

    request: Any

    def own(self, rows: QuerySet[SetAside]) -> QuerySet[SetAside]:
        return rows.filter(pk__in=set_aside_within(scopes_for(person_at(self.request), "mend_items")).values("pk"))


class SetAsideList(OfOwnDistrict, RecordList):
    label = SET_ASIDE


class SetAsidePage(OfOwnDistrict, RecordPage):
    """An error may quote what it stumbled over, so reading one is a look; the list shows none."""

    label = SET_ASIDE
    labels = LABELS
    template_name = "cms/desk/set_aside.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        district = district_of(scope_of(self.object))
        whose = [Subject(f"set-aside:{self.object.pk}")]
        note_shown(self.request, whose, Seen.ERRORS, task="mend_items", district=district)
        return super().get_context_data(**kwargs)


class MendView(OfOwnDistrict, PermissionCheckedMixin, View):
    """A button of that page: `act` on the item, and say what came of it."""

    model = SetAside
    permission_required = "view"
    http_method_names = ["post"]
    act: Any = None
    done: str | Promise = ""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        aside = get_object_or_404(self.own(SetAside.objects.all()), pk=pk)
        try:
            insist_within(request, "office")
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
    search_fields = ["consumer", "kind", "key"]
    ordering = ["-at"]
    list_display = [
        TitleColumn("consumer", label=LABELS["consumer"], url_name="desk-set-aside:inspect"),
        *(Column(name, label=LABELS[name]) for name in ("kind", "key")),
        DayColumn("at", label=LABELS["at"], sort_key="at"),
    ]
    inspect_template_name = "cms/desk/set_aside.html"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("retry/<int:pk>/", RetryView.as_view(), name="retry"),
            path("dismiss/<int:pk>/", DismissView.as_view(), name="dismiss"),
        ]
