"""What is known of one fault at the desk, what did residents say of it, and which form does which act?"""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from civic.clocks.now import database_now
from civic.faults import acts, listing, shown
from civic.faults.forms import form_of
from civic.faults.models import Fault, Report
from civic.faults.queries import steps_of
from civic.faults.views.work import do
from civic.feed.pages import goes_on_live
from civic.people.actions import Subject
from civic.people.models import Seen
from civic.people.rules import may
from civic.photos.queries import photos_by_key

from .access import person_at
from .fault_board import FAULTS, PER_PAGE, AtDesk, FaultBoard, asked_for
from .noting import note_shown
from .sending import DeskForm

STAYS_IN_HAND = ("take", "schedule", "start", "reopen")  # after these one goes on with the same fault


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
        dark = listing.dark_with([self.fault]).get(self.fault.pk, 0)
        at = database_now()
        row = shown.row(self.fault, at=at, played=listing.played_clocks(), dark=dark)
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
            "acts": acts.open_to(person_at(self.request), self.fault, at),
            "asked": asked_for(self.request),
        }

    def board(self) -> str:
        """The board as one left it."""
        return self._keeping(reverse("desk-faults:index"))

    def page(self) -> str:
        """The fault's own page, from which one comes back to the board as one left it."""
        return self._keeping(reverse("desk-faults:fault", args=[self.fault.code]))

    def _keeping(self, path: str) -> str:
        asked = asked_for(self.request)
        return path + (f"?{asked}" if asked else "")

    def note(self, reports: list[Report]) -> None:
        """One's words are personal: who read them is written down."""
        subjects = [Subject(self.fault.key, report.person) for report in reports]
        note_shown(self.request, subjects, Seen.REPORTS, task="read_reports", district=self.fault.district_id)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": self.board(), "label": FAULTS}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.fault.code}]


class FaultAtDesk(OneFault, TemplateView):
    """What is known of a fault, and what may be done about it."""

    template_name = "cms/desk/fault.html"
    page_title = gettext_lazy("Fault")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.about()


class FaultActView(OneFault, DeskForm):
    """One act: the desk's form around the action that every edge calls."""

    template_name = "cms/desk/fault_act.html"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        if kwargs["act"] not in acts.ACTS:
            raise Http404
        self.act = acts.ACTS[kwargs["act"]]
        super().setup(request, *args, **kwargs)

    def get_form_class(self) -> Any:
        return form_of(self.act.name, self.fault, database_now())

    def get_page_title(self) -> str:
        return str(self.act.title)

    def send(self, form: Any) -> HttpResponse:
        do(self.act.name, by=person_at(self.request), fault=self.fault, said=form.cleaned_data)
        messages.success(self.request, str(self.act.done))
        return redirect(self.page() if self.act.name in STAYS_IN_HAND else self.board())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        refusal = self.act.why_not_now(person_at(self.request), self.fault, database_now())
        return super().get_context_data(**kwargs) | self.about() | {"act": self.act, "refusal": refusal}


class FaultViewSet(ViewSet):
    name = "desk-faults"
    url_prefix = "faults"
    icon = "warning"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", goes_on_live(FaultBoard.as_view()), name="index"),
            path("<str:code>/", FaultAtDesk.as_view(), name="fault"),
            path("<str:code>/<str:act>/", FaultActView.as_view(), name="act"),
        ]
