"""Proposals at the desk: find them, read them, answer them."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn

from civic.clocks.now import database_now
from civic.people.queries import find_department
from civic.pilots.rules import why_not_plan
from civic.proposals import rules
from civic.proposals.actions import transfer_proposal
from civic.proposals.forms import AnswerForm, TransferForm, give_answer
from civic.proposals.models import Category, Proposal
from civic.proposals.queries import transfers_of
from civic.proposals.shown import due_day, row
from civic.proposals.states import State
from civic.refusals import Refusal
from civic.texts import paragraphs

from .access import person_at
from .records import DayColumn, DistrictFilters, OwnDistricts, RecordList, RecordPage, RecordViewSet
from .verbs import VerbView

PROPOSALS = gettext_lazy("Proposals")


class ProposalFilters(DistrictFilters):
    """State, district, category: several of each at once."""

    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"), choices=State.choices, widget=CheckboxSelectMultiple
    )
    category = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Category"), choices=Category.choices, widget=CheckboxSelectMultiple
    )

    class Meta:
        model = Proposal
        fields = ["state", "district", "category"]


class ProposalList(RecordList):
    label = PROPOSALS

    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().select_related("dong", "district", "policy", "thread", "department")


class ProposalPage(RecordPage):
    """A proposal as residents read it, with what the desk may do about it."""

    label = PROPOSALS
    template_name = "cms/desk/proposal.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposal = self.object
        return super().get_context_data(**kwargs) | {
            "proposal": proposal,
            "row": row(proposal, at=database_now()),
            "due": due_day(proposal),
            "parts": _parts(proposal),
            "answer": getattr(proposal, "answer", None),
            "refusal": rules.why_not_answer(self.request.user, proposal),
            "transfers": transfers_of(proposal),
            "may_hand_on": rules.why_not_transfer(self.request.user, proposal) is None,
            "may_plan": why_not_plan(self.request.user, proposal) is None,
        }

    def get_page_subtitle(self) -> str:
        return str(self.object.code)


def _parts(proposal: Proposal) -> list[tuple[str, str]]:
    """The three statutory parts with their headings; an empty one is left out."""
    named = (
        (_("Situation and problem"), proposal.problem),
        (_("Improvement"), proposal.solution),
        (_("Expected effect"), proposal.expected_effect),
    )
    return [(heading, paragraphs(words)) for heading, words in named if words]


class ProposalVerb(OwnDistricts, VerbView):
    """A form around one verb on a proposal, below its words: the desk's form around what every edge calls."""

    after = "wagtailadmin_home"
    warning: str | Promise = ""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = self.own(Proposal.objects.select_related("policy", "dong", "district", "thread", "department"))
        self.proposal = get_object_or_404(rows, pk=kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "proposal": self.proposal,
            "row": row(self.proposal, at=database_now()),
            "due": due_day(self.proposal),
            "parts": _parts(self.proposal),
            "warning": self.warning,
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        page = reverse("desk-proposals:inspect", args=[self.proposal.pk])
        return [
            *self.breadcrumbs_items,
            {"url": page, "label": self.proposal.code},
            {"url": "", "label": self.page_title},
        ]


class AnswerView(ProposalVerb):
    """Adopt or decline, with a reason."""

    form_class = AnswerForm
    template_name = "cms/desk/answer.html"
    page_title = gettext_lazy("Write the answer")
    button = gettext_lazy("Publish the answer")
    done = gettext_lazy("The answer is published. Everyone concerned is told.")
    warning = gettext_lazy(
        "The answer is published at once with your department, name and telephone. It cannot be changed afterwards."
    )

    def refusal(self) -> Refusal | None:
        return rules.why_not_answer(self.request.user, self.proposal)

    def act(self, said: dict[str, Any]) -> None:
        give_answer(self.request.user, self.proposal, said, at=database_now())


class TransferView(ProposalVerb):
    """Hand it on to the department whose business it is; the clock of the answer goes on."""

    form_class = TransferForm
    template_name = "cms/desk/answer.html"
    page_title = gettext_lazy("Hand it on to another department")
    button = gettext_lazy("Hand it on")
    done = gettext_lazy("It is handed on. The due time stays, and its author and supporters are told.")
    warning = gettext_lazy("Everybody reads it with your department, your name and your office telephone.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"district": self.proposal.district_id}

    def refusal(self) -> Refusal | None:
        return rules.why_not_transfer(self.request.user, self.proposal)

    def act(self, said: dict[str, Any]) -> None:
        to, reason = find_department(said["department"]), said["reason"]
        by, at = person_at(self.request), database_now()
        transfer_proposal(by=by, proposal=self.proposal, department=to, reason=reason, at=at)


class ProposalViewSet(RecordViewSet):
    model = Proposal
    name = "desk-proposals"
    url_prefix = "proposals"
    icon = "list-ul"
    index_view_class = ProposalList
    inspect_view_class = ProposalPage
    search_fields = ["code", "title", "problem"]
    filterset_class = ProposalFilters
    ordering = ["-moved_at"]
    inspect_template_name = "cms/desk/proposal.html"
    list_display: list[str | Promise | Column] = [
        TitleColumn("title", label=gettext_lazy("Title"), url_name="desk-proposals:inspect"),
        Column("code", label=gettext_lazy("Number"), sort_key="code", classname="whole"),
        Column("dong", label=gettext_lazy("Dong")),
        Column("get_category_display", label=gettext_lazy("Category")),
        Column("department", label=gettext_lazy("Department")),
        Column("supports", label=gettext_lazy("Supporters"), sort_key="supports"),
        Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
        DayColumn("due", accessor=due_day, label=gettext_lazy("Due"), sort_key="due_at"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("answer/<int:pk>/", AnswerView.as_view(), name="answer"),
            path("transfer/<int:pk>/", TransferView.as_view(), name="transfer"),
        ]
