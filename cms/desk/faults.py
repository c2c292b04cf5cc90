"""Faults at the desk: what is due first, what residents said of it, and one form for each act."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet

from civic.clocks.now import database_now
from civic.faults import acts, listing, shown
from civic.faults.forms import add_refusal, form_of
from civic.faults.models import Fault, Report
from civic.faults.queries import steps_of
from civic.faults.states import CLOSED, State
from civic.faults.work import do
from civic.people.actions import Subject
from civic.people.models import Seen
from civic.people.queries import with_one_of
from civic.people.rules import may
from civic.photos.queries import photos_by_key
from civic.refusals import Refused

from .access import desk_departments, person_at
from .noting import note_shown
from .records import OwnDistricts

FAULTS = gettext_lazy("Faults")
PER_PAGE = 50
# which part of the list -> its label, the states in it, its order
PARTS: dict[str, tuple[str | Promise, tuple[State, ...], tuple[str, ...]]] = {
    "": (gettext_lazy("To be done"), listing.AT_HAND, ("due_at", "pk")),
    "watched": (gettext_lazy("Repaired, being watched"), (State.REPAIRED,), ("repaired_at", "pk")),
    "closed": (gettext_lazy("Closed"), CLOSED, ("-moved_at", "-pk")),
}


class AtDesk(OwnDistricts, PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """Pages of faults in one's own districts."""

    model = Fault
    permission_required = "view"
    header_icon = "warning"

    def own_faults(self) -> Any:
        return self.own(listing.rows())

    def shown(self, faults: list[Fault]) -> list[shown.Row]:
        at, played, dark = database_now(), listing.played_clocks(), listing.dark_with(faults)
        return [shown.row(fault, at=at, played=played, dark=dark.get(fault.pk, 0)) for fault in faults]


class FaultBoard(AtDesk, TemplateView):
    """The list by due time, one next act a row; the same number of queries with 1 and with 50 rows."""

    template_name = "cms/desk/faults.html"
    page_title = FAULTS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("part", "")
        part = asked if asked in PARTS else ""
        _label, states, order = PARTS[part]
        offices = desk_departments(person_at(self.request))
        rows = self.own_faults().filter(with_one_of(offices), state__in=states).order_by(*order)
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page"))
        tasks = [(row, acts.next_act(row.fault)) for row in self.shown(list(page.object_list))]
        return super().get_context_data(**kwargs) | {
            "page": page,
            "tasks": tasks,
            "late": sum(row.late for row, _act in tasks),
            "parts": [(code, label, code == part) for code, (label, _states, _order) in PARTS.items()],
            "part": part,
            "now": database_now(),
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": FAULTS}]


class OneFault(AtDesk):
    """A fault; with what residents said of it where the department looks at it, or its administrators."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return  # the desk sends them to sign in
        self.fault: Fault = get_object_or_404(self.own_faults(), code=kwargs["code"])

    def may_read_words(self) -> bool:
        return may(person_at(self.request), "read_reports", self.fault.scope)

    def about(self) -> dict[str, Any]:
        (row,) = self.shown([self.fault])
        reports = (
            list(self.fault.report_rows.select_related("person").order_by("at")[:PER_PAGE])
            if self.may_read_words()
            else []
        )
        photos = photos_by_key([report.key for report in reports])
        if reports:
            self.note(reports)
        return {
            "row": row,
            "fault": self.fault,
            "steps": [shown.step_row(step, self.fault, now=row.now) for step in steps_of(self.fault)],
            "reports": [(report, photos.get(report.key, [])) for report in reports],
            "acts": acts.open_to(person_at(self.request), self.fault),
        }

    def note(self, reports: list[Report]) -> None:
        """One's words are personal: who read them is written down."""
        subjects = [Subject(self.fault.key, report.person) for report in reports]
        note_shown(self.request, subjects, Seen.REPORTS, task="read_reports", district=self.fault.district_id)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("desk-faults:index"), "label": FAULTS}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.fault.code}]


class FaultAtDesk(OneFault, TemplateView):
    """What is known of a fault, and what may be done about it."""

    template_name = "cms/desk/fault.html"
    page_title = gettext_lazy("Fault")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.about()


class FaultActView(OneFault, FormView):
    """One act: the desk's form around the action that every edge calls."""

    template_name = "cms/desk/fault_act.html"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        if kwargs["act"] not in acts.ACTS:
            raise Http404
        self.act = acts.ACTS[kwargs["act"]]
        super().setup(request, *args, **kwargs)

    def get_form_class(self) -> Any:
        return form_of(self.act.name, self.fault)

    def get_page_title(self) -> str:
        return str(self.act.title)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            do(self.act.name, by=person_at(self.request), fault=self.fault, said=form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused.refusal)
            return self.form_invalid(form)
        messages.success(self.request, str(self.act.done))
        return redirect("desk-faults:index")

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        refusal = self.act.why_not(person_at(self.request), self.fault)
        return super().get_context_data(**kwargs) | self.about() | {"act": self.act, "refusal": refusal}


class FaultViewSet(ViewSet):
    name = "desk-faults"
    url_prefix = "faults"
    icon = "warning"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", FaultBoard.as_view(), name="index"),
            path("<str:code>/", FaultAtDesk.as_view(), name="fault"),
            path("<str:code>/<str:act>/", FaultActView.as_view(), name="act"),
        ]
