"""What could a reaction not handle? Items of the feed that were set aside, with their errors."""

from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn

from civic.feed.models import SetAside

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
