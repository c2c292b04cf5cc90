"""Rules and deadlines at the desk: a new row from a moment on, never a changed one."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import AdminDateTimeInput

from civic.clocks.deadlines import SEOUL
from civic.clocks.now import database_now
from civic.people.levels import NAMES
from civic.people.models import Person
from civic.places.queries import districts
from civic.policies.actions import set_policy
from civic.policies.models import ParticipationPolicy
from civic.policies.queries import policy_at
from civic.policies.rules import FIGURES, LEVELS, MAY_BE_NONE
from civic.policies.voters import VOTERS

from .access import districts_for, person_at
from .records import DayColumn, DistrictFilters, RecordList, RecordPage, RecordViewSet
from .sending import DeskForm

POLICIES = gettext_lazy("Rules and deadlines")
LABELS = {
    "district": gettext_lazy("District"),
    "valid_from": gettext_lazy("Holds from"),
    "support_needed": gettext_lazy("Supporters needed"),
    "window_days": gettext_lazy("Days to collect support"),
    "answer_days": gettext_lazy("Days to answer"),
    "completeness_days": gettext_lazy("Days to ask for completion"),
    "expert_days": gettext_lazy("Days for an expert opinion"),
    "reexamination_days": gettext_lazy("Days to ask for re-examination"),
    "interim_days": gettext_lazy("Days between interim notices"),
    "forum_days": gettext_lazy("Days of a forum"),
    "fault_answer_hours": gettext_lazy("Working hours to the first answer to a fault"),
    "fault_repair_hours": gettext_lazy("Hours to repair a fault"),
    "fault_relapse_days": gettext_lazy("Days in which a fault that is back keeps its number"),
    "fault_repair_photos": gettext_lazy("Pictures that a record of a repair needs (0 or 1)"),
    "support_level": gettext_lazy("Verification needed to support"),
    "post_level": gettext_lazy("Verification needed to speak in discussions"),
    "propose_level": gettext_lazy("Verification needed to make a proposal"),
    "vote_level": gettext_lazy("Verification needed to vote"),
}


class PolicyForm(forms.Form):
    """The figures of one district from a moment on."""

    district = forms.ChoiceField(label=LABELS["district"])
    valid_from = forms.DateTimeField(
        label=LABELS["valid_from"],
        widget=AdminDateTimeInput,
        help_text=gettext_lazy("From this moment new proposals live under these rules; running ones keep theirs."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = districts_for(person, "set_rules")
        places = [place for place in districts() if place.code in own]
        self.fields["district"].choices = [(p.code, str(p)) for p in places]  # type: ignore[attr-defined]  # a ChoiceField
        for name in FIGURES:
            self.fields[name] = forms.IntegerField(label=LABELS[name], min_value=0 if name in MAY_BE_NONE else 1)
        choices = [(level, f"{level} · {NAMES[level]}") for level in VOTERS]
        for name in LEVELS:
            self.fields[name] = forms.TypedChoiceField(
                label=LABELS[name],
                choices=[("", _("As before")), *choices],
                coerce=int,
                empty_value=None,
                required=False,
            )

    def figures(self) -> dict[str, int]:
        typed = {name: self.cleaned_data[name] for name in (*FIGURES, *LEVELS)}
        return {name: figure for name, figure in typed.items() if figure is not None}


class NewPolicyView(PermissionCheckedMixin, DeskForm):
    """Write the next row; it starts from the figures that hold today."""

    model = ParticipationPolicy
    permission_required = "add"
    form_class = PolicyForm
    asks_whose = True
    template_name = "cms/desk/policy.html"
    page_title = gettext_lazy("Set new rules")

    def get_initial(self) -> dict[str, Any]:
        at = database_now()
        own = sorted(districts_for(person_at(self.request), "set_rules"))
        district = self.request.GET.get("district", "")
        chosen = district if district in own else (own[0] if own else "")
        holds = policy_at(chosen, at) or ParticipationPolicy()
        tomorrow = datetime.combine(at.astimezone(SEOUL).date() + timedelta(days=1), time.min, tzinfo=SEOUL)
        figures = {name: getattr(holds, name) for name in (*FIGURES, *LEVELS)}
        return {"district": chosen, "valid_from": tomorrow} | figures

    def send(self, form: PolicyForm) -> HttpResponse:
        place = next(p for p in districts() if p.code == form.cleaned_data["district"])
        valid_from, by = form.cleaned_data["valid_from"], person_at(self.request)
        set_policy(by=by, district=place, valid_from=valid_from, figures=form.figures(), at=database_now())
        messages.success(self.request, _("The new rules are set."))
        return redirect("desk-policies:index")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("desk-policies:index"), "label": POLICIES}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]


class PolicyFilters(DistrictFilters):
    verb = "set_rules"

    class Meta:
        model = ParticipationPolicy
        fields = ["district"]


class PolicyList(RecordList):
    label = POLICIES
    verb = "set_rules"
    add_item_label = gettext_lazy("Set new rules")

    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().select_related("district")


class PolicyPage(RecordPage):
    label = POLICIES
    verb = "set_rules"
    labels = LABELS


class PolicyViewSet(RecordViewSet):
    model = ParticipationPolicy
    name = "desk-policies"
    url_prefix = "policies"
    icon = "calendar-check"
    index_view_class = PolicyList
    inspect_view_class = PolicyPage
    inspect_view_fields = list(LABELS)
    filterset_class = PolicyFilters
    ordering = ["district", "-valid_from"]
    list_display = [
        TitleColumn("district", label=LABELS["district"], url_name="desk-policies:inspect"),
        DayColumn("valid_from", label=LABELS["valid_from"], sort_key="valid_from"),
        *(Column(name, label=LABELS[name]) for name in ("support_needed", "window_days", "answer_days")),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("new/", NewPolicyView.as_view(), name="add")]
