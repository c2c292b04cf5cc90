"""Which faults of one's districts are due first? The board, by part, dong and kind; it follows the feed."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from civic.clocks.now import database_now
from civic.faults import acts, listing, shown
from civic.faults.models import Category, Fault
from civic.faults.states import CLOSED, State
from civic.people.models import Person
from civic.people.queries import with_one_of
from civic.places.queries import all_dongs

from .access import desk_departments, districts_for, person_at
from .records import OwnDistricts

FAULTS = gettext_lazy("Faults")
PER_PAGE = 50
DUE_FIRST = (F("due_at").asc(nulls_last=True), "pk")  # what somebody has only to look at has no due time
# which part of the list -> its label, the states one chooses from, what is in it, its order
PARTS: dict[str, tuple[str | Promise, tuple[State, ...], Q, tuple[Any, ...]]] = {
    "": (gettext_lazy("To be done"), (*listing.AT_HAND, State.REPAIRED), listing.to_be_done(), DUE_FIRST),
    "watched": (gettext_lazy("Repaired, being watched"), (), Q(state=State.REPAIRED), ("repaired_at", "pk")),
    "closed": (gettext_lazy("Closed"), CLOSED, Q(state__in=CLOSED), ("-moved_at", "-pk")),
}
NARROWED = ("part", "dong", "category", "state")  # what an address of the board may say, beside its page


def asked_for(request: HttpRequest, *names: str) -> str:
    """The board as it was left, for an address: after an act one comes back to it."""
    kept = QueryDict(mutable=True)
    for name in names or (*NARROWED, "page"):
        if value := request.GET.get(name):
            kept[name] = value
    return kept.urlencode()


class AtDesk(OwnDistricts, PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """Pages of faults in one's own districts."""

    model = Fault
    permission_required = "view"
    header_icon = "warning"

    def own_faults(self) -> QuerySet[Fault]:
        return self.own(listing.rows())


class FaultBoard(AtDesk, TemplateView):
    """The list by due time, one next act a row; the same number of queries with 1 and with 50 rows."""

    template_name = "cms/desk/faults.html"
    page_title = FAULTS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person, at, asked = person_at(self.request), database_now(), self.request.GET
        part = asked.get("part", "") if asked.get("part", "") in PARTS else ""
        _label, states, inside, order = PARTS[part]
        menus = self._menus(person, states)
        fitting = self.own_faults().filter(with_one_of(desk_departments(person)), inside)
        for name, (_title, choices) in menus.items():
            if asked.get(name, "") in {code for code, _words in choices}:
                fitting = fitting.filter(**{name: asked[name]})
        page = Paginator(fitting.order_by(*order), PER_PAGE).get_page(asked.get("page"))
        return super().get_context_data(**kwargs) | {
            "page": page,
            "tasks": fault_tasks(list(page.object_list), person, at),
            "late": listing.due_of(fitting, at=at).late,
            "parts": [(code, label, code == part) for code, (label, *_rest) in PARTS.items()],
            "part": part,
            "menus": [(name, title, choices, asked.get(name, "")) for name, (title, choices) in menus.items()],
            "kept": asked_for(self.request, "dong", "category"),
            "narrowed": asked_for(self.request, *NARROWED),
            "asked": asked_for(self.request),
            "now": at,
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": FAULTS}]

    def _menus(self, person: Person, states: tuple[State, ...]) -> dict[str, tuple[str | Promise, list[Any]]]:
        """What the list can be narrowed to: the field, its words, its choices."""
        own = districts_for(person, self.verb)
        dongs = [(dong.code, f"{dong.district} {dong}") for dong in all_dongs() if dong.district_id in own]
        found: dict[str, tuple[str | Promise, list[Any]]] = {
            "dong": (gettext_lazy("Dong"), dongs),
            "category": (pgettext_lazy("fault", "What is wrong"), list(Category.choices)),
        }
        chosen = {"state": (gettext_lazy("State"), [(state.value, state.label) for state in states])}
        return found | (chosen if states else {})


def fault_tasks(faults: list[Fault], person: Person, at: Any) -> list[tuple[shown.Row, acts.Act | None]]:
    """Rows with the next act of each, where this person may do it."""
    played, dark = listing.played_clocks(), listing.dark_with(faults)
    rows = [shown.row(fault, at=at, played=played, dark=dark.get(fault.pk, 0)) for fault in faults]
    return [(row, _act_of(person, row)) for row in rows]


def _act_of(person: Person, row: shown.Row) -> acts.Act | None:
    act = acts.next_act(row.fault, row.now)
    return act if act and act.why_not(person, row.fault) is None else None
