"""What does an official do with a pilot? The desk's forms around the actions that every edge calls."""

from abc import abstractmethod
from datetime import date
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from civic.clocks.now import database_now
from civic.pilots import actions
from civic.pilots.forms import BaselineForm, DecisionForm, LampsForm, PlanForm, ReasonForm, RetryForm, ValueForm
from civic.pilots.judging import local_day
from civic.pilots.models import Pilot
from civic.pilots.queries import next_slug
from civic.pilots.repairs import PERIOD
from civic.pilots.rules import why_not_decide, why_not_move, why_not_plan, why_not_set_back, why_not_work
from civic.pilots.states import ONWARD, Stage, Verdict
from civic.proposals.models import Proposal
from civic.refusals import Refusal

from .access import person_at
from .records import OwnDistricts
from .sending import DeskForm

PILOTS = gettext_lazy("Pilots")


class PilotAct(OwnDistricts, DeskForm):
    """One form, one action; a refusal stands beside what was typed."""

    template_name = "cms/desk/pilot_act.html"
    form_class: Any = Form
    button: str | Promise = ""
    note: str | Promise = ""
    done: str | Promise = ""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.pilot = get_object_or_404(self.own(Pilot.objects.select_related("dong", "proposal")), pk=kwargs["pk"])

    @abstractmethod
    def act(self, form: Any) -> None:
        """Call the action. Raises Refused."""

    def refusal(self) -> Refusal | None:
        """Why the button does not work, before anything is typed."""
        return why_not_work(person_at(self.request), self.pilot.proposal.scope)

    def send(self, form: Any) -> HttpResponse:
        self.act(form)
        messages.success(self.request, self.done)
        return redirect("desk-pilots:inspect", self.pilot.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "pilot": self.pilot,
            "refusal": self.refusal(),
            "button": self.button,
            "note": self.note,
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        page = reverse("desk-pilots:inspect", args=[self.pilot.pk])
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk-pilots:index"), "label": PILOTS},
            {"url": page, "label": self.pilot.title},
            {"url": "", "label": self.page_title},
        ]


class PlanView(PilotAct):
    """Make a pilot of an adopted proposal."""

    template_name = "cms/desk/pilot_plan.html"
    form_class = PlanForm
    page_title = gettext_lazy("Plan a pilot")
    button = gettext_lazy("Plan the pilot")
    done = gettext_lazy("The pilot is planned. Everyone who took part is told.")

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super(PilotAct, self).setup(request, *args, **kwargs)
        rows = self.own(Proposal.objects.select_related("dong"))
        self.proposal = get_object_or_404(rows, pk=kwargs["proposal"])
        self.pilot = Pilot()  # until the action makes it

    def get_initial(self) -> dict[str, Any]:
        return {"slug": next_slug()}

    def refusal(self) -> Refusal | None:
        return why_not_plan(person_at(self.request), self.proposal)

    def act(self, form: PlanForm) -> None:
        by, at = person_at(self.request), database_now()
        self.pilot = actions.plan_pilot(by=by, proposal=self.proposal, plan=form.plan(), at=at)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"proposal": self.proposal}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        page = reverse("desk-proposals:inspect", args=[self.proposal.pk])
        above = {"url": page, "label": self.proposal.code}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]


class LampsView(PilotAct):
    """Let lamps take part."""

    form_class = LampsForm
    page_title = gettext_lazy("Link lamps")
    button = gettext_lazy("Link these lamps")
    note = gettext_lazy("Repairs of these lamps count for the pilot from now on.")
    done = gettext_lazy("The lamps take part.")

    def act(self, form: LampsForm) -> None:
        by, at = person_at(self.request), database_now()
        actions.link_lamps(by=by, pilot=self.pilot, devices=form.cleaned_data["tags"], at=at)


class ValueView(PilotAct):
    """Write down a value."""

    form_class = ValueForm
    page_title = gettext_lazy("Enter a value")
    button = gettext_lazy("Record the value")
    note = gettext_lazy("It is public at once. Indicators that are computed from faults are not listed here.")
    done = gettext_lazy("The value is recorded.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"pilot": self.pilot}

    def get_initial(self) -> dict[str, Any]:
        return {"on": local_day(database_now())}

    def act(self, form: ValueForm) -> None:
        actions.record_kpi(by=person_at(self.request), **form.cleaned_data, at=database_now())


class BaselineView(ValueView):
    """Write down what was before the start."""

    form_class = BaselineForm
    page_title = gettext_lazy("Enter a baseline")
    note = gettext_lazy("It is public at once. Hours of repairs are written down only where no repair is known.")
    button = gettext_lazy("Record the baseline")
    done = gettext_lazy("The baseline is recorded.")

    def act(self, form: ValueForm) -> None:
        actions.record_baseline(by=person_at(self.request), **form.cleaned_data, at=database_now())


class AdvanceView(PilotAct):
    """Enter the next stage; what is tried again has a new last day."""

    page_title = gettext_lazy("Next stage")
    button = gettext_lazy("Enter the next stage")
    done = gettext_lazy("The pilot has moved on. Everyone who took part is told.")

    @property
    def again(self) -> bool:
        return self.pilot.stage == Stage.IMPROVING

    def get_form_class(self) -> type[Form]:
        return RetryForm if self.again else Form

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": _in_a_month()} if self.again else {}

    @property
    def next(self) -> Stage | None:
        return next((to for to in ONWARD[Stage(self.pilot.stage)] if to not in Verdict.values), None)

    @property
    def note(self) -> str | Promise:  # type: ignore[override]  # what follows depends on the stage
        if self.next == Stage.RUNNING and self.pilot.started_at is None:
            return gettext_lazy("With the start the rule of decision is fixed for good.")
        return self.next.label if self.next else ""

    def refusal(self) -> Refusal | None:
        return why_not_work(person_at(self.request), self.pilot.proposal.scope) or (
            None if self.next else why_not_move(person_at(self.request), self.pilot, "")
        )

    def act(self, form: Form) -> None:
        to = self.next or Stage(self.pilot.stage)  # the rule refuses to go where one stands
        by, at = person_at(self.request), database_now()
        actions.advance_pilot(by=by, pilot=self.pilot, to=to, **form.cleaned_data, at=at)


class SetBackView(PilotAct):
    """Go back one stage, with a reason."""

    form_class = ReasonForm
    page_title = gettext_lazy("Set the pilot back one stage")
    button = gettext_lazy("Set it back")
    note = gettext_lazy("The reason is public, and everyone who took part is told.")
    done = gettext_lazy("The pilot went back one stage. Everyone who took part is told.")

    def refusal(self) -> Refusal | None:
        return why_not_set_back(person_at(self.request), self.pilot, "." * 10)

    def act(self, form: ReasonForm) -> None:
        reason = form.cleaned_data["reason"]
        actions.set_pilot_back(by=person_at(self.request), pilot=self.pilot, reason=reason, at=database_now())


class DecideView(PilotAct):
    """Judge it by its rule."""

    form_class = DecisionForm
    page_title = gettext_lazy("Decide on the pilot")
    button = gettext_lazy("Publish the decision")
    note = gettext_lazy("The decision is published at once with your department, name and telephone.")
    done = gettext_lazy("The decision is published. Everyone who took part is told.")

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": _in_a_month()}

    def refusal(self) -> Refusal | None:
        return why_not_decide(person_at(self.request), self.pilot, Verdict.STOPPED, "." * 10)

    def act(self, form: DecisionForm) -> None:
        actions.decide_pilot(by=person_at(self.request), pilot=self.pilot, **form.cleaned_data, at=database_now())


def _in_a_month() -> date:
    return local_day(database_now() + PERIOD)
