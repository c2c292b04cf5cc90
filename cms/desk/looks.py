"""Who of the staff looked at whose data? The log by months, and the page on which each month is signed off."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet

from civic.clocks.now import database_now
from civic.people.actions import sign_off_access
from civic.people.models import AccessLook
from civic.people.powers import POWERS
from civic.people.queries import ViewOfData, lookers_in, moments_in, months_of, review_of, views_at
from civic.people.queries.checkers import CHECKED, checkers_in, letters_of
from civic.people.roles import ROLES
from civic.people.rules import why_not_read_access, why_not_review
from civic.places.queries import districts

from .access import person_at
from .noting import NOBODY
from .scopes import scope_names
from .sending import DeskForm
from .sheets import SheetView

LOOKS = gettext_lazy("Looks at personal data")
WHOLE_SITE = "site"  # in addresses, for what belongs to no district
PER_PAGE = 50


class SignOffForm(forms.Form):
    """What was found."""

    remark = forms.CharField(
        label=gettext_lazy("What you found"),
        max_length=400,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Whom you asked about what, or that every look belongs to a task."),
    )


class OfTheLog(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """Pages of the log; each district's is read by its own administrators and auditors."""

    model = AccessLook
    permission_required = "view"
    header_icon = "view"

    def readable(self) -> dict[str, str]:
        """District codes (empty: the whole site) the person may read the log of, with their names."""
        person = person_at(self.request)
        names = {"": str(gettext_lazy("The whole site"))} | {place.code: str(place) for place in districts()}
        return {code: name for code, name in names.items() if not why_not_read_access(person, code)}


class MonthsView(OfTheLog, TemplateView):
    """Months in which somebody looked, and whether they are signed off; the same queries however many."""

    template_name = "cms/desk/looks.html"
    page_title = LOOKS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = self.readable()
        months = [(names[m.district], m.district or WHOLE_SITE, m) for m in months_of(names)]
        page = Paginator(months, PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs) | {"page": page, "now": database_now()}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": LOOKS}]


class MonthView(OfTheLog, DeskForm):
    """One month of one district: who looked how often, each look, and the form to sign it off."""

    template_name = "cms/desk/looks_month.html"
    form_class = SignOffForm
    page_title = gettext_lazy("Looks of a month")

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.district = "" if kwargs["district"] == WHOLE_SITE else kwargs["district"]
        try:
            self.month = date(kwargs["year"], kwargs["month"], 1)
        except ValueError:
            raise Http404 from None

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.user.has_perm("civic.view_accesslook") and self.district not in self.readable():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def send(self, form: SignOffForm) -> HttpResponse:
        said, by = form.cleaned_data["remark"], person_at(self.request)
        sign_off_access(by=by, district=self.district, month=self.month, remark=said, at=database_now())
        messages.success(self.request, str(gettext_lazy("The month is signed off.")))
        return redirect("desk-looks:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at, person = database_now(), person_at(self.request)
        page = Paginator(moments_in(self.district, self.month), PER_PAGE).get_page(self.request.GET.get("page"))
        refusal, names = why_not_review(person, self.district, self.month, at=at), scope_names()
        return super().get_context_data(**kwargs) | {
            "place": self.readable()[self.district],
            "month": self.month,
            "lookers": lookers_in(self.district, self.month),
            "checkers": checkers_in(self.district, self.month),
            "page": page,
            "rows": [_line(view, names) for view in views_at(self.district, page)],
            "review": review_of(self.district, self.month),
            "refusal": refusal,
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("desk-looks:index"), "label": LOOKS}
        return [*self.breadcrumbs_items, above, {"url": "", "label": date_format(self.month, "YEAR_MONTH_FORMAT")}]


def _line(view: ViewOfData, names: Callable[[str], str]) -> dict[str, Any]:
    """One page that was opened: when, by whom, for which task, and whose data stood there."""
    look = view.first
    return {
        "look": look,
        "task": POWERS[look.task].words if look.task in POWERS else look.task,
        "shown": [(one.subject.nickname if one.subject else "", _about(one, names), _sheet(one)) for one in view.looks],
    }


def _about(look: AccessLook, names: Callable[[str], str]) -> str:
    """Where it was read, in words: whose account it was stands above it, and a role is named with its place."""
    kind, _colon, rest = look.about.partition(":")
    if kind == "role":
        role, _colon, scope = rest.partition(":")
        return f"{ROLES[role].name} · {names(scope)}" if role in ROLES else look.about
    if kind == "letters":
        number = letters_of(look.about)
        return ngettext("%(n)s letter", "%(n)s letters", number) % {"n": number}
    if kind == "sheet":
        return _("On a sheet of letters")
    if look.about == NOBODY:
        return _("An account that is not there")
    if look.about == CHECKED:
        return _("The check was recorded")
    return "" if look.about == "people" and look.subject else look.about


def _sheet(look: AccessLook) -> str:
    """The page of the sheet whose names were typed, where one was printed."""
    parts = look.about.split(":")
    return reverse("desk-looks:sheet", args=[int(parts[3])]) if parts[0] == "letters" and len(parts) == 4 else ""


class LookViewSet(ViewSet):
    name = "desk-looks"
    url_prefix = "looks"
    icon = "view"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", MonthsView.as_view(), name="index"),
            path("<str:district>/<int:year>-<int:month>/", MonthView.as_view(), name="month"),
            path("sheets/<int:sheet>/", SheetView.as_view(), name="sheet"),
        ]
