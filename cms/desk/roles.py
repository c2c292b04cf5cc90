"""Who holds which role, where and until when? Administrators give and take them back; auditors read."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet

from civic.clocks.deadlines import end_of_day, last_day
from civic.clocks.now import database_now
from civic.people.actions import Subject, grant_role, revoke_role
from civic.people.models import Person, RoleGrant, RoleStep, Seen
from civic.people.queries import held_within, open_account, steps_within
from civic.people.roles import ROLES, Resident, district_of
from civic.people.rules import scopes_for, why_not_by_role

from .access import person_at
from .noting import asked_about, note_shown
from .scopes import scope_choices, scope_names
from .verbs import VerbView

ROLES_HELD = gettext_lazy("Roles")
PER_PAGE = 50


class KeptRoles(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """Pages of the roles in those scopes in which one keeps or reads them."""

    model = RoleGrant
    permission_required = "view"
    header_icon = "group"

    def kept(self) -> set[str]:
        return scopes_for(person_at(self.request), "read_roles")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [{"url": reverse("desk-roles:index"), "label": ROLES_HELD}]
        own = [{"url": "", "label": self.get_page_title()}]
        return [*self.breadcrumbs_items, *(above if type(self) is not RoleList else []), *own]


class RoleList(KeptRoles, TemplateView):
    """Who holds what until when; the same number of queries with 1 and with 50 rows."""

    template_name = "cms/desk/roles.html"
    page_title = ROLES_HELD

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows, asked = held_within(self.kept()), self.request.GET.get("role", "")
        page = Paginator(rows.filter(role=asked) if asked in ROLES else rows, PER_PAGE).get_page(
            self.request.GET.get("page")
        )
        _note_names(self.request, page.object_list)
        names, at, person = scope_names(), database_now(), person_at(self.request)
        keeps = {grant.scope: why_not_by_role(person, "grant_roles", grant.scope) is None for grant in page.object_list}
        return super().get_context_data(**kwargs) | {
            "page": page,
            "rows": [
                (
                    one,
                    ROLES[one.role],
                    names(one.scope),
                    last_day(one.until) if one.until else None,
                    _ends_soon(one, at),
                    keeps[one.scope],
                )
                for one in page.object_list
                if one.role in ROLES
            ],
            "parts": [("", _("All"), not asked)]
            + [(role.code, role.name, role.code == asked) for role in ROLES.values() if role is not Resident],
            "part": asked,
            "may_grant": self.request.user.has_perm("civic.add_rolegrant"),
        }


class RoleHistory(KeptRoles, TemplateView):
    """What was given, taken back and ran out, why and by whom: the newest first."""

    template_name = "cms/desk/role_history.html"
    page_title = gettext_lazy("History of roles")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(steps_within(self.kept()), PER_PAGE).get_page(self.request.GET.get("page"))
        names = scope_names()
        steps = [
            (step, ROLES[step.role], names(step.scope), last_day(step.until) if step.until else None)
            for step in page.object_list
            if step.role in ROLES
        ]
        _note(self.request, [step for step, *_rest in steps])  # why somebody lost a role is personal
        return super().get_context_data(**kwargs) | {"page": page, "steps": steps}


class GrantForm(forms.Form):
    """A role for somebody who has an account. The last day is still inside the term."""

    email = forms.EmailField(label=gettext_lazy("E-mail address of the account"))
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[(role.code, role.name) for role in ROLES.values() if role is not Resident],
    )
    scope = forms.ChoiceField(label=gettext_lazy("Where it holds"))
    name = forms.CharField(
        label=gettext_lazy("Name of the person"),
        required=False,
        help_text=gettext_lazy(
            "As on the card. It stands under what is said and done in the role, and stays there. An official needs one."
        ),
    )
    office = forms.CharField(
        label=gettext_lazy("Department or field"),
        required=False,
        help_text=gettext_lazy("Left out, an official of a department is shown with its name and telephone."),
    )
    phone = forms.CharField(label=gettext_lazy("Office telephone"), required=False)
    until = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Left out, it holds until it is taken back."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), help_text=gettext_lazy("It stays in the history."))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = scope_choices(person, "grant_roles")  # type: ignore[attr-defined]  # a ChoiceField

    def clean_email(self) -> Person:
        """The account with this address."""
        self.person = open_account(self.cleaned_data["email"])
        if self.person is None:
            raise forms.ValidationError(_("There is no open account with this address."))
        return self.person

    def clean_until(self) -> datetime | None:
        """The moment before which it holds: the end of that day in Seoul."""
        last: date | None = self.cleaned_data["until"]
        if last is None:
            return None
        if not 2000 <= last.year <= 2999:
            raise forms.ValidationError(_("Choose a day from tomorrow on, within ten years."))
        return end_of_day(last)


class RevokeForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), help_text=gettext_lazy("It stays in the history."))


class RoleVerb(KeptRoles, VerbView):
    """A form around one verb on a role."""

    permission_required = "add"
    after = "desk-roles:index"


class GrantView(RoleVerb):
    form_class = GrantForm
    page_title = gettext_lazy("Give a role")
    note = gettext_lazy("The person is told. From the end of the last day the role does not count any more.")
    button = gettext_lazy("Give the role")
    done = gettext_lazy("The role is given.")
    limit = "look_up"
    asks_whose = True

    def note_asked(self, form: GrantForm) -> None:
        """Whether an address has an account is an answer, given or not given a role: it is written down."""
        if (whose := asked_about(form)) is not None:
            scope = form.cleaned_data.get("scope") or min(
                scopes_for(person_at(self.request), "grant_roles"), default=""
            )
            note_shown(self.request, [whose], Seen.ROLES, task="grant_roles", district=district_of(scope))

    def act(self, said: dict[str, Any]) -> None:
        grant_role(by=person_at(self.request), person=said.pop("email"), **said, at=database_now())


class RevokeView(RoleVerb):
    form_class = RevokeForm
    page_title = gettext_lazy("Take a role back")
    button = gettext_lazy("Take the role back")
    done = gettext_lazy("The role is taken back.")

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            self.held = get_object_or_404(held_within(self.kept()), pk=kwargs["pk"])

    @property
    def note(self) -> str:  # type: ignore[override]  # it names whose role it is
        return f"{self.held.signature}: {ROLES[self.held.role].name}, {scope_names()(self.held.scope)}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        _note_names(self.request, [self.held])
        return super().get_context_data(**kwargs)

    def act(self, said: dict[str, Any]) -> None:
        by, held, at = person_at(self.request), self.held, database_now()
        revoke_role(by=by, person=held.person, role=held.role, scope=held.scope, reason=said["reason"], at=at)


def _note_names(request: HttpRequest, grants: Iterable[RoleGrant]) -> None:
    """The name of a resident with a role is personal; that of the staff stands under what the office says."""
    _note(request, [one for one in grants if one.role in ROLES and not ROLES[one.role].staff])


def _note(request: HttpRequest, held: Iterable[RoleGrant | RoleStep]) -> None:
    """Who reads it is written down, in each district's log."""
    whose = {(district_of(one.scope), f"role:{one.role}:{one.scope}", one.person) for one in held}
    for district in sorted({district for district, _about, _person in whose}):
        subjects = [Subject(about, person) for place, about, person in whose if place == district]
        note_shown(request, subjects, Seen.ROLES, task="read_roles", district=district)


def _ends_soon(grant: RoleGrant, at: datetime) -> bool:
    return grant.until is not None and grant.until - at < timedelta(days=30)


class RoleViewSet(ViewSet):
    name = "desk-roles"
    url_prefix = "roles"
    icon = "group"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", RoleList.as_view(), name="index"),
            path("history/", RoleHistory.as_view(), name="history"),
            path("grant/", GrantView.as_view(), name="grant"),
            path("<int:pk>/revoke/", RevokeView.as_view(), name="revoke"),
        ]
