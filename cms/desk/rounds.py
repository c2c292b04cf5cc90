"""Votes at the desk: find them, read them, move them on. No page here shows who chose what: nothing stored does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn

from civic.clocks.deadlines import last_day
from civic.clocks.now import database_now
from civic.refusals import Refusal, Refused
from civic.voting import actions, shown
from civic.voting.models import Round
from civic.voting.queries import GIVEN_UP
from civic.voting.rules import why_not_run
from civic.voting.states import State

from .access import person_at
from .records import DayColumn, DistrictFilters, OwnDistricts, RecordList, RecordPage, RecordViewSet
from .round_form import VOTES, NewRoundView
from .sending import DeskForm


@dataclass(frozen=True)
class Act:
    """One verb of the desk: its button, what it says before and after."""

    action: Callable[..., Round]
    button: str | Promise
    note: str | Promise
    done: str | Promise


ACTS = {
    "announce": Act(
        actions.announce_round,
        gettext_lazy("Announce the vote"),
        gettext_lazy("Everybody sees it from now on. Its rule and its options cannot be changed afterwards."),
        gettext_lazy("The vote is announced."),
    ),
    "open": Act(
        actions.open_round,
        gettext_lazy("Open the vote now"),
        gettext_lazy("Ballots are taken from now on. By itself the vote opens at the time announced."),
        gettext_lazy("The vote is open."),
    ),
    "close": Act(
        actions.close_round,
        gettext_lazy("Close the vote now"),
        gettext_lazy("No ballot is taken any more, and each is parted from its voter. It closes by itself in time."),
        gettext_lazy("The vote is closed."),
    ),
    "count": Act(
        actions.count_round,
        gettext_lazy("Count the ballots"),
        gettext_lazy("By the rule announced. Only the desk sees the result until you publish it."),
        gettext_lazy("The ballots are counted."),
    ),
    "publish": Act(
        actions.publish_round,
        gettext_lazy("Publish the result"),
        gettext_lazy("Everybody sees it, and everyone who took part is told. It cannot be changed afterwards."),
        gettext_lazy("The result is published. Everyone who took part is told."),
    ),
}
NEXT = {State.OPEN: "close", State.CLOSED: "count", State.COUNTED: "publish"}


def next_act(round: Round) -> str:
    """The name of what comes next; empty after the last."""
    if round.state == State.DRAFT:
        return "open" if round.announced_at else "announce"
    return NEXT.get(State(round.state), "")


def _given_up_on(round: Round) -> datetime | None:
    """The last day on which everybody who took part can be told, where no result is published yet."""
    return last_day(round.closed_at + GIVEN_UP) if round.closed_at and not round.published_at else None


class RoundFilters(DistrictFilters):
    """State and district: several of each at once."""

    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"), choices=State.choices, widget=CheckboxSelectMultiple
    )

    class Meta:
        model = Round
        fields = ["state", "district"]


class RoundList(RecordList):
    label = VOTES
    add_item_label = gettext_lazy("Make a vote")

    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().select_related("district")


class RoundPage(RecordPage):
    """A vote as it stands, with its next act; votes only once they are counted."""

    label = VOTES
    template_name = "cms/desk/round.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        round: Round = self.object
        counted = round.state in (State.COUNTED, State.PUBLISHED)
        name = next_act(round)
        return super().get_context_data(**kwargs) | {
            "round": round,
            "row": shown.row(round, at=database_now()),
            "choices": shown.choices(list(round.options.order_by("number"))),
            "lines": shown.lines(round.options.all(), round.turnout) if counted else [],
            "act": name,
            "button": ACTS[name].button if name else "",
            "refusal": why_not_run(person_at(self.request), round.district_id),
            "given_up_on": _given_up_on(round),
        }

    def get_page_subtitle(self) -> str:
        return str(self.object.title)


class ActView(OwnDistricts, DeskForm):
    """One act with what it means, and a button: nothing is typed here."""

    template_name = "cms/desk/round_act.html"
    form_class = Form

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.round = get_object_or_404(self.own(Round.objects.select_related("district")), pk=kwargs["pk"])
        if kwargs["act"] not in ACTS:
            raise Http404
        self.act = ACTS[kwargs["act"]]
        self.page_title = self.act.button

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return self.send(form)
        except Refused as refused:
            return self._refused(refused.refusal)

    def send(self, form: Any) -> HttpResponse:
        self.act.action(by=person_at(self.request), round=self.round, at=database_now())
        messages.success(self.request, self.act.done)
        return redirect("desk-rounds:inspect", self.round.pk)

    def _refused(self, refusal: Refusal) -> HttpResponse:
        return self.render_to_response(self.get_context_data(refusal=refusal), status=refusal.status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        refusal = kwargs.pop("refusal", None) or why_not_run(person_at(self.request), self.round.district_id)
        row = shown.row(self.round, at=database_now())
        return super().get_context_data(**kwargs) | {
            "round": self.round,
            "row": row,
            "act": self.act,
            "refusal": refusal,
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        page = reverse("desk-rounds:inspect", args=[self.round.pk])
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk-rounds:index"), "label": VOTES},
            {"url": page, "label": self.round.title},
            {"url": "", "label": self.page_title},
        ]


class RoundViewSet(RecordViewSet):
    model = Round
    name = "desk-rounds"
    url_prefix = "rounds"
    icon = "tasks"
    index_view_class = RoundList
    inspect_view_class = RoundPage
    inspect_template_name = "cms/desk/round.html"
    search_fields = ["slug", "title"]
    filterset_class = RoundFilters
    ordering = ["-closes_at"]
    list_display: list[str | Promise | Column] = [
        TitleColumn("title", label=gettext_lazy("Title"), url_name="desk-rounds:inspect"),
        Column("district", label=gettext_lazy("District")),
        Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
        Column("turnout", label=gettext_lazy("Voters"), sort_key="turnout"),
        DayColumn("opens_at", label=gettext_lazy("Opens"), sort_key="opens_at"),
        DayColumn("closes_at", label=gettext_lazy("Closes"), sort_key="closes_at"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("new/", NewRoundView.as_view(), name="add"),
            path("<int:pk>/<slug:act>/", ActView.as_view(), name="act"),
        ]
