"""Pilots at the desk: find them, and take the next step."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn

from civic.clocks.now import database_now
from civic.pilots.models import Pilot
from civic.pilots.queries import decision_on, find
from civic.pilots.rules import why_not_work
from civic.pilots.series import series
from civic.pilots.shown import rule
from civic.pilots.states import BACK, ONWARD, Stage, Verdict

from .pilot_acts import (
    AdvanceView,
    BaselineView,
    DecideView,
    LampsView,
    PlanView,
    SetBackView,
    ValueView,
)
from .records import DayColumn, DistrictFilters, RecordList, RecordPage, RecordViewSet

PILOTS = gettext_lazy("Pilots")


class PilotFilters(DistrictFilters):
    """Stage and district: several of each at once."""

    stage = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Stage"), choices=Stage.choices, widget=CheckboxSelectMultiple
    )

    class Meta:
        model = Pilot
        fields = ["stage", "district"]


class PilotList(RecordList):
    label = PILOTS

    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().select_related("dong", "district")


class PilotPage(RecordPage):
    """A pilot with what the desk may do about it now."""

    label = PILOTS
    template_name = "cms/desk/pilot.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pilot = find(self.object.slug)
        assert pilot is not None  # the list has found it
        stage = Stage(pilot.stage)
        onward = [to for to in ONWARD[stage] if to not in Verdict.values]
        return super().get_context_data(**kwargs) | {
            "pilot": pilot,
            "lamps": pilot.device_rows.count(),
            "told": [series(kpi) for kpi in pilot.kpis.all()],
            "rule": rule(pilot, decision_on(pilot), at=database_now()),
            "onward": onward[0] if onward else None,
            "onward_label": onward[0].label if onward else "",
            "back": stage in BACK,
            "judging": stage == Stage.JUDGING,
            "planned": stage == Stage.PLANNED,
            "refusal": why_not_work(self.request.user, pilot.proposal.scope),
        }

    def get_page_subtitle(self) -> str:
        return str(self.object.title)


class PilotViewSet(RecordViewSet):
    model = Pilot
    name = "desk-pilots"
    url_prefix = "pilots"
    icon = "cogs"
    index_view_class = PilotList
    inspect_view_class = PilotPage
    search_fields = ["slug", "title", "summary"]
    filterset_class = PilotFilters
    ordering = ["-moved_at"]
    inspect_template_name = "cms/desk/pilot.html"
    list_display: list[str | Promise | Column] = [
        TitleColumn("title", label=gettext_lazy("Title"), url_name="desk-pilots:inspect"),
        Column("slug", label=gettext_lazy("Short name"), sort_key="slug"),
        Column("dong", label=gettext_lazy("Dong")),
        Column("get_stage_display", label=gettext_lazy("Stage"), sort_key="stage"),
        DayColumn("moved_at", label=gettext_lazy("Last step"), sort_key="moved_at"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("plan/<int:proposal>/", PlanView.as_view(), name="plan"),
            path("lamps/<int:pk>/", LampsView.as_view(), name="lamps"),
            path("baseline/<int:pk>/", BaselineView.as_view(), name="baseline"),
            path("value/<int:pk>/", ValueView.as_view(), name="value"),
            path("advance/<int:pk>/", AdvanceView.as_view(), name="advance"),
            path("back/<int:pk>/", SetBackView.as_view(), name="back"),
            path("decide/<int:pk>/", DecideView.as_view(), name="decide"),
        ]
