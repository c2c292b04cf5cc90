"""What came of one sheet of letters with codes? Administrators take all of it back, auditors read."""

from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from civic.clocks.now import database_now
from civic.people.actions import Subject, take_back_sheet
from civic.people.models import AccessLook, Seen
from civic.people.queries.sheets import find_sheet, see_sheet
from civic.people.rules import why_not_read_access
from civic.people.rules.sheets import why_not_undo
from civic.refusals import Refusal

from .access import person_at
from .noting import note_shown
from .verbs import VerbView


class UndoForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("It stays in the record. Whoever was checked by these codes is told."),
    )


class SheetView(PermissionCheckedMixin, VerbView):
    """Whose checks rest on it, and the form that undoes them with the codes that nobody used yet."""

    model = AccessLook
    permission_required = "view"
    form_class = UndoForm
    header_icon = "mail"
    template_name = "cms/desk/sheet.html"
    page_title = gettext_lazy("Sheet of letters")
    note = gettext_lazy(
        "Every check that rests on a code of this sheet is taken back, and its open codes work no more. Whoever was "
        "checked by one can be checked anew at the counter."
    )
    button = gettext_lazy("Take back all that came of it")
    done = gettext_lazy("What came of the sheet is taken back.")
    after = "desk-looks:index"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.user.has_perm("civic.view_accesslook"):
            found = find_sheet(kwargs["sheet"])
            if found is None or why_not_read_access(person_at(request), found.district):
                raise Http404
            self.sheet = found
        return super().dispatch(request, *args, **kwargs)

    def refusal(self) -> Refusal | None:
        return why_not_undo(person_at(self.request), self.sheet)

    def act(self, said: dict[str, Any]) -> None:
        take_back_sheet(by=person_at(self.request), sheet=self.sheet, reason=said["reason"], at=database_now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who was checked by a letter is personal: who reads it is written down."""
        seen = see_sheet(self.sheet)
        shown = [Subject(f"sheet:{self.sheet.pk}", person) for person in seen.people]
        note_shown(self.request, shown, Seen.CHECK, task="read_access_log", district=self.sheet.district)
        return super().get_context_data(**kwargs) | {"sheet": seen}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("desk-looks:index"), "label": gettext_lazy("Looks at personal data")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]
