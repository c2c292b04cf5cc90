"""What can be done to the departments of a district, and what is brought to which?"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from civic.ledger.facts import Fact
from civic.ledger.record import record
from civic.people.department_facts import CategoryRouted, DepartmentAmended, DepartmentClosed, DepartmentOpened
from civic.people.models import Department, Level, Person, RoleGrant, Route
from civic.people.rules import (
    why_not_amend_department,
    why_not_called,
    why_not_close_department,
    why_not_open_department,
    why_not_route,
)
from civic.people.rules.departments import why_not_hang
from civic.places.models import District
from civic.refusals import insist
from civic.texts import clean_line


@dataclass(frozen=True)
class DepartmentWords:
    """What a department is called in both languages, its telephone, and its work in one sentence."""

    name_ko: str
    name_en: str
    phone: str
    work_ko: str = ""
    work_en: str = ""

    def tidy(self) -> dict[str, str]:
        """The words as they are stored."""
        return {field: clean_line(text) for field, text in asdict(self).items()}


@transaction.atomic
def open_department(
    *,
    by: Person,
    district: District,
    parent: Department | None = None,
    slug: str,
    level: str,
    words: DepartmentWords,
    position: int = 0,
    at: datetime,
) -> Department:
    """Add a department below another one, or on top; `slug` is the last part of its code."""
    said = words.tidy()
    parent = _locked(parent) if parent else None
    insist(why_not_open_department(by, district.code, parent, slug=slug, level=level) or why_not_called(said))
    code = f"{parent.code if parent else district.code}.{slug}"
    made = Department(code=code, district=district, parent=parent, level=level, position=position, **said)
    _entitle(made, parent)
    made.save(force_insert=True)
    _tell(DepartmentOpened, made, by, at)
    return made


@transaction.atomic
def amend_department(*, by: Person, department: Department, words: DepartmentWords, at: datetime) -> Department:
    """Write its names, telephone and work anew; teams below and officials who work there are shown so at once."""
    said = words.tidy()
    department = _locked(department)
    insist(why_not_amend_department(by, department) or why_not_called(said))
    before = Department.objects.get(pk=department.pk)
    for field, text in said.items():
        setattr(department, field, text)
    _entitle(department, department.parent)
    _keep(department, before)
    for unit in department.units.all():
        was = Department.objects.get(pk=unit.pk)
        _entitle(unit, department)
        _keep(unit, was)
    _tell(DepartmentAmended, department, by, at)
    return department


@transaction.atomic
def close_department(*, by: Person, department: Department, at: datetime) -> Department:
    """Bring nothing to it any more. What waits there stays there until it is handed on."""
    department = _locked(department)
    insist(why_not_close_department(by, department))
    department.closed_at = at
    department.save(update_fields=["closed_at"])
    _tell(DepartmentClosed, department, by, at)
    return department


@transaction.atomic
def route_category(*, by: Person, department: Department, kind: str, category: str, at: datetime) -> Route:
    """Bring the proposals or faults of a category to this department from now on; who had them gets them no more."""
    District.objects.select_for_update().get(pk=department.district_id)
    department = _locked(department)
    insist(why_not_route(by, department, kind, category))
    old = Route.objects.filter(district=department.district_id, kind=kind, category=category).first()
    route, _made = Route.objects.update_or_create(
        district_id=department.district_id, kind=kind, category=category, defaults={"department": department}
    )
    codes = {"kind": kind, "category": category, "before": old.department_id if old else ""}
    _tell(CategoryRouted, department, by, at, **codes)
    return route


@transaction.atomic
def load_departments(*, district: str, units: Iterable[Mapping[str, Any]]) -> None:
    """The departments a district begins with, as nested rows; what is there already stays as it is.

    Each row: slug, level (bureau, division, team), name_ko, name_en, phone; work_ko, work_en, gets, units if need be.
    Raises Refused where a row does not fit, KeyError where it lacks a name.
    """
    made: list[Department] = []
    routes: list[Route] = []
    _gather(district, None, units, made, routes)
    known = set(Department.objects.filter(district=district).values_list("code", flat=True))
    fresh = [department for department in made if department.code not in known]
    Department.objects.bulk_create(fresh, ignore_conflicts=True)
    Route.objects.bulk_create(routes, ignore_conflicts=True)


def _gather(
    district: str,
    parent: Department | None,
    units: Iterable[Mapping[str, Any]],
    made: list[Department],
    routes: list[Route],
) -> None:
    for position, row in enumerate(units):
        insist(why_not_hang(district, parent, slug=row["slug"], level=row["level"]))
        said = DepartmentWords(**{field: row.get(field, "") for field in DepartmentWords.__dataclass_fields__}).tidy()
        insist(why_not_called(said))
        code = f"{parent.code if parent else district}.{row['slug']}"
        department = Department(
            code=code, district_id=district, parent=parent, level=row["level"], position=position, **said
        )
        _entitle(department, parent)
        made.append(department)
        for kind, categories in row.get("gets", {}).items():
            routes += [Route(district_id=district, kind=kind, category=c, department=department) for c in categories]
        _gather(district, department, row.get("units", ()), made, routes)


def _locked(department: Department) -> Department:
    return Department.objects.select_for_update(of=("self",)).select_related("parent").get(pk=department.pk)


def _entitle(department: Department, parent: Department | None) -> None:
    """A team is named together with its division."""
    above = parent if parent and department.level == Level.TEAM and parent.level == Level.DIVISION else None
    department.title_ko = f"{above.name_ko} {department.name_ko}" if above else department.name_ko
    department.title_en = f"{above.name_en}, {department.name_en}" if above else department.name_en


def _keep(department: Department, before: Department) -> None:
    """Write it, and beside the officials who hold their role there what it is called now."""
    department.save()
    held = RoleGrant.objects.filter(scope=department.key)
    held.filter(office=before.title_ko).update(office=department.title_ko)
    held.filter(phone=before.phone).update(phone=department.phone)


def _tell(fact: type[Fact], department: Department, by: Person, at: datetime, **codes: Any) -> None:
    told = fact(key=department.key, district=department.district_id, **codes)
    state = {"open": department.closed_at is None, **codes}
    record(told, state=state, concerns={by: {"as": "admin"}}, at=at)
