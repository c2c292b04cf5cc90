"""How does the desk list civic records? Wagtail's lists and inspection, without its create, edit and delete."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from civic.places.queries import districts

from .access import districts_for, person_at

DISTRICT = "district__in"


class OwnDistricts:
    """Rows of the districts in which the person holds `verb`, for whoever reads such records at all.

    `district_lookup` None: they belong to no district.
    """

    request: Any
    verb: str = "read_records"
    district_lookup: str | None = DISTRICT

    def own(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if not policy_registry.get_by_type(rows.model).user_has_permission(self.request.user, "view"):
            return rows.none()
        if self.district_lookup is None:
            return rows
        return rows.filter(**{self.district_lookup: districts_for(person_at(self.request), self.verb)})


class Counted(WagtailPaginator):
    """Says how many in our words; Wagtail's says them in the model's."""

    @property
    def items_count_label(self) -> str:
        return ngettext("%(n)s record", "%(n)s records", self.count) % {"n": self.count}


class DistrictFilters(WagtailFilterSet):
    """One's own districts, several at once: those in which one holds `verb`."""

    verb: str = "read_records"
    district = django_filters.MultipleChoiceFilter(label=gettext_lazy("District"), widget=CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = districts_for(person_at(self.request), self.verb)
        self.filters["district"].extra["choices"] = [(p.code, str(p)) for p in districts() if p.code in own]


class RecordList(OwnDistricts, generic.IndexView):
    """A list with search and filters."""

    label: str | Promise = ""
    paginator_class = Counted

    @property
    def verbose_name_plural(self) -> str | Promise:
        """What the pager and the empty list call the records."""
        return self.label

    def get_base_queryset(self) -> QuerySet[Any]:
        return self.own(super().get_base_queryset())

    def get_page_title(self) -> str:
        return str(self.label)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.label}]


class DayColumn(Column):
    """A date as a date, on one line; Wagtail's own column says "just now" of every day to come."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(name, classname="whole", **kwargs)

    def get_value(self, instance: Any) -> str:
        moment = super().get_value(instance)
        return date_format(localtime(moment), "DATE_FORMAT") if moment else ""


class RecordPage(OwnDistricts, generic.InspectView):
    """One record, to read."""

    label: str | Promise = ""
    labels: Mapping[str, str | Promise] = MappingProxyType({})

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Any:
        return get_object_or_404(self.own(self.model.objects.all()), pk=self.pk)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse(self.index_url_name), "label": self.label}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_subtitle()}]

    def get_field_label(self, field_name: str, field: Any) -> str:
        return str(self.labels.get(field_name) or super().get_field_label(field_name, field))


class RecordViewSet(ModelViewSet):
    """Addresses of a list and its records; nothing else is routed."""

    form_fields: list[str] = []
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = RecordList
    inspect_view_class = RecordPage
    search_backend_name = None  # plain lookups in the database

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
        ]
