"""How long is what kept, and what was destroyed? The table, the form that changes one line, and the ledger."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet

from civic.clocks.now import database_now
from civic.ledger.models import Entry
from civic.privacy.actions import set_retention
from civic.privacy.models import RetentionRule
from civic.privacy.queries import destructions, retention_rules
from civic.privacy.retained import KINDS
from civic.privacy.rules import why_not_keep_retention
from civic.refusals import Refusal

from .access import person_at
from .verbs import VerbView

RETENTION = gettext_lazy("Keeping and destroying")
PER_PAGE = 30
BY = {
    "clock": gettext_lazy("by the clock"),
    "command": gettext_lazy("from the command line"),
    "self": gettext_lazy("by the person"),
    "restore": gettext_lazy("after a backup was put back"),
}
ERASED = gettext_lazy("An account, erased")


class RetentionForm(forms.Form):
    """Days and ground of one kind."""

    days = forms.IntegerField(label=gettext_lazy("Days"))
    basis_ko = forms.CharField(label=gettext_lazy("Ground, in Korean"), max_length=200)
    basis_en = forms.CharField(label=gettext_lazy("Ground, in English"), max_length=200)


class AboutKeeping(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """Pages about times of keeping, which hold for the whole installation."""

    model = RetentionRule
    header_icon = "bin"


class RetentionView(AboutKeeping, TemplateView):
    """What is kept how long and why, and below it what was destroyed; the same queries with 1 and with 30 lines."""

    template_name = "cms/desk/retention.html"
    permission_required = "view"
    page_title = RETENTION

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(destructions(), PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs) | {
            "rules": retention_rules(),
            "page": page,
            "destroyed": [_line(entry) for entry in page],
            "changeable": why_not_keep_retention(person_at(self.request)) is None,
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": RETENTION}]


class SetRetentionView(AboutKeeping, VerbView):
    """One line of the table; the words that were typed stay when they are refused."""

    permission_required = "add"
    form_class = RetentionForm
    button = gettext_lazy("Keep it so long")
    done = gettext_lazy("The new time holds from now on.")
    after = "desk-retention:index"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:  # the desk sends others to sign in
            self.rule = get_object_or_404(RetentionRule, pk=kwargs["code"], pk__in=list(KINDS))
            self.kind = KINDS[self.rule.code]

    @property
    def note(self) -> str:  # type: ignore[override]  # it names the bounds of this line
        bounds = {"since": self.kind.since, "least": self.kind.least, "most": self.kind.most}
        return _("Counted %(since)s. From %(least)s to %(most)s days are allowed.") % bounds

    def refusal(self) -> Refusal | None:
        return why_not_keep_retention(person_at(self.request))

    def act(self, said: dict[str, Any]) -> None:
        set_retention(by=person_at(self.request), rule=self.rule, **said, at=database_now())

    def get_initial(self) -> dict[str, Any]:
        return {"days": self.rule.days, "basis_ko": self.rule.basis_ko, "basis_en": self.rule.basis_en}

    def get_page_title(self) -> str:
        return str(self.kind.what)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("desk-retention:index"), "label": RETENTION}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]


class RetentionViewSet(ViewSet):
    name = "desk-retention"
    url_prefix = "retention"
    icon = "bin"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", RetentionView.as_view(), name="index"),
            path("<slug:code>/", SetRetentionView.as_view(), name="set"),
        ]


def _line(entry: Entry) -> dict[str, Any]:
    """A line of the destruction ledger in words."""
    code = entry.key.partition(":")[2]
    return {
        "at": entry.at,
        "what": KINDS[code].what if code in KINDS else ERASED,
        "number": entry.data.get("number", 1),
        "days": entry.data.get("days"),
        "by": BY.get(entry.data.get("by", "clock"), ""),
        "ids": entry.data.get("ids", []),
    }
