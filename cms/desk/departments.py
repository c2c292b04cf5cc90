"""Which offices has a district, and what is brought to which? Administrators open, amend, route to and close them."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet

from civic.clocks.now import database_now
from civic.faults.models import Category as FaultCategory
from civic.overview.departments import line_of
from civic.people.actions import (
    DepartmentWords,
    amend_department,
    close_department,
    open_department,
    route_category,
)
from civic.people.models import Department, Level, Person, Route
from civic.people.queries import find_department, tree_of
from civic.people.roles import EVERYWHERE, district_scope
from civic.people.rules import may, why_not_amend_department, why_not_close_department
from civic.places.models import District
from civic.places.queries import districts
from civic.proposals.models import Category
from civic.refusals import Refusal

from .access import person_at
from .scopes import scope_choices
from .verbs import VerbView

DEPARTMENTS = gettext_lazy("Departments")


def kept_districts(person: Person) -> list[District]:
    """Districts whose departments the person keeps."""
    return [place for place in districts() if may(person, "keep_departments", district_scope(place.code))]


class KeptDepartments(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """Pages of the departments of those districts whose departments one keeps."""

    model = Department
    permission_required = "view"
    header_icon = "folder-open-inverse"

    def kept(self) -> list[str]:
        return [place.code for place in kept_districts(person_at(self.request))]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [{"url": reverse("desk-departments:index"), "label": DEPARTMENTS}]
        own = [{"url": "", "label": self.get_page_title()}]
        return [*self.breadcrumbs_items, *(above if type(self) is not DepartmentList else []), *own]


class DepartmentList(KeptDepartments, TemplateView):
    """The trees, closed ones too: the same number of queries however many departments there are."""

    template_name = "cms/desk/departments.html"
    page_title = DEPARTMENTS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        places = kept_districts(person_at(self.request))
        lines = [line_of(unit) for unit in tree_of([place.code for place in places], closed=True)]
        trees = [(place, [one for one in lines if one.department.district_id == place.code]) for place in places]
        return super().get_context_data(**kwargs) | {"trees": trees}


class WordsForm(forms.Form):
    """What it is called in both languages, its telephone, its work in one sentence."""

    name_ko = forms.CharField(label=gettext_lazy("Name in Korean"))
    name_en = forms.CharField(label=gettext_lazy("Name in English"))
    phone = forms.CharField(label=gettext_lazy("Telephone"))
    work_ko = forms.CharField(label=gettext_lazy("Work in one sentence, in Korean"), required=False)
    work_en = forms.CharField(label=gettext_lazy("Work in one sentence, in English"), required=False)


class OpenForm(WordsForm):
    """Where the new one hangs and how its code ends, too."""

    parent = forms.ChoiceField(label=gettext_lazy("Belongs to"))
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=Level.choices)
    slug = forms.CharField(
        label=gettext_lazy("Code of the department"),
        help_text=gettext_lazy("2 to 12 small letters or digits. It never changes."),
    )
    field_order = ["parent", "level", "slug"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [one for one in scope_choices(person, "keep_departments") if one[0] != EVERYWHERE]
        self.fields["parent"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class RouteForm(forms.Form):
    """One category of proposals or of faults, as `kind:category`."""

    what = forms.ChoiceField(label=gettext_lazy("What is brought to it"))

    def __init__(self, *args: Any, department: Department, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = {f"{route.kind}:{route.category}" for route in Route.objects.filter(department=department)}
        self.fields["what"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (label, [(f"{kind}:{code}", name) for code, name in words if f"{kind}:{code}" not in mine])
            for kind, label, words in (
                (Route.Kind.PROPOSAL, Route.Kind.PROPOSAL.label, Category.choices),
                (Route.Kind.FAULT, Route.Kind.FAULT.label, FaultCategory.choices),
            )
        ]


class DepartmentVerb(KeptDepartments, VerbView):
    permission_required = "add"
    after = "desk-departments:index"


class OpenView(DepartmentVerb):
    form_class = OpenForm
    page_title = gettext_lazy("New department")
    button = gettext_lazy("Open it")
    done = gettext_lazy("The department is open.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"person": person_at(self.request)}

    def act(self, said: dict[str, Any]) -> None:
        _kind, _colon, code = said["parent"].partition(":")
        parent = find_department(code)
        district = parent.district if parent else District.objects.get(code=code)
        words = DepartmentWords(**{field: said[field] for field in WordsForm.base_fields})
        where = {"district": district, "parent": parent, "slug": said["slug"], "level": said["level"]}
        open_department(by=person_at(self.request), **where, words=words, at=database_now())


class OneDepartment(DepartmentVerb):
    """A verb on one department of one's own."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            rows = Department.objects.select_related("district", "parent").filter(district__in=self.kept())
            self.department = get_object_or_404(rows, pk=kwargs["code"])

    def refusal(self) -> Refusal | None:
        return why_not_amend_department(person_at(self.request), self.department)

    @property
    def note(self) -> str | Promise:  # type: ignore[override]  # it names which one it is
        return f"{self.department.district} {self.department}"


class AmendView(OneDepartment):
    form_class = WordsForm
    page_title = gettext_lazy("Names, telephone and work")
    button = gettext_lazy("Write them down")
    done = gettext_lazy("The department is shown so from now on.")

    def get_initial(self) -> dict[str, Any]:
        return {field: getattr(self.department, field) for field in WordsForm.base_fields}

    def act(self, said: dict[str, Any]) -> None:
        by, words = person_at(self.request), DepartmentWords(**said)
        amend_department(by=by, department=self.department, words=words, at=database_now())


class RouteView(OneDepartment):
    form_class = RouteForm
    page_title = gettext_lazy("What is brought to it")
    button = gettext_lazy("Bring it here")
    done = gettext_lazy("From now on it is brought here. What is under way stays where it is.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"department": self.department}

    def act(self, said: dict[str, Any]) -> None:
        kind, _colon, category = said["what"].partition(":")
        by, department = person_at(self.request), self.department
        route_category(by=by, department=department, kind=kind, category=category, at=database_now())


class CloseView(OneDepartment):
    form_class = forms.Form
    page_title = gettext_lazy("Close the department")
    button = gettext_lazy("Close the department")
    done = gettext_lazy("The department is closed. What waits there can still be handed on.")

    def refusal(self) -> Refusal | None:
        return why_not_close_department(person_at(self.request), self.department)

    def act(self, said: dict[str, Any]) -> None:
        close_department(by=person_at(self.request), department=self.department, at=database_now())


class DepartmentViewSet(ViewSet):
    name = "desk-departments"
    url_prefix = "departments"
    icon = "folder-open-inverse"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", DepartmentList.as_view(), name="index"),
            path("new/", OpenView.as_view(), name="new"),
            path("<str:code>/", AmendView.as_view(), name="amend"),
            path("<str:code>/categories/", RouteView.as_view(), name="route"),
            path("<str:code>/close/", CloseView.as_view(), name="close"),
        ]
