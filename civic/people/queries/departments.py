"""Which departments are there, how do they hang together, and who gets what?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from civic.people.models import Department, Route


@dataclass(frozen=True)
class Unit:
    """A department in its tree: how deep it hangs, and what is brought to it."""

    department: Department
    depth: int
    routes: tuple[Route, ...]


def department_for(*, district: str, kind: str, category: str) -> Department | None:
    """To whom a proposal or a fault of this category is brought; None where the district has named nobody."""
    found = Department.objects.filter(routes__district=district, routes__kind=kind, routes__category=category)
    return found.filter(closed_at=None).first()


def find_department(code: str) -> Department | None:
    """The department with this code, with its district and what it belongs to."""
    return (
        Department.objects.select_related("district", "parent").filter(code=code).first() if "\0" not in code else None
    )


def titles_in_english() -> dict[str, str]:
    """What departments are called in English, by the Korean title that signatures keep; closed ones too. One query."""
    return dict(Department.objects.values_list("title_ko", "title_en"))


def tree_of(districts: Iterable[str], *, closed: bool = False) -> list[Unit]:
    """Bureaus with their divisions and teams below them: two queries, however many there are."""
    places = list(districts)
    rows = Department.objects.filter(district__in=places).select_related("district")
    below: dict[str | None, list[Department]] = defaultdict(list)
    for department in rows if closed else rows.filter(closed_at=None):
        below[department.parent_id].append(department)
    routes: dict[str, list[Route]] = defaultdict(list)
    for route in Route.objects.filter(district__in=places).order_by("kind", "pk"):
        routes[route.department_id].append(route)
    return _hung(below, routes, None, 0)


def with_one_of(departments: Iterable[str]) -> Q:
    """Rows whose `department` is one of these, by their codes, or one below it; without any, all rows."""
    found = Q()
    for code in departments:
        found |= Q(department=code) | Q(department__code__startswith=f"{code}.")
    return found


def chain_of(department: Department) -> list[Department]:
    """What it belongs to, from the top down, itself last: one query."""
    parts = department.code.split(".")
    codes = [".".join(parts[:n]) for n in range(2, len(parts) + 1)]
    found = Department.objects.in_bulk(codes)
    return [found[code] for code in codes if code in found]


def _hung(
    below: dict[str | None, list[Department]], routes: dict[str, list[Route]], parent: str | None, depth: int
) -> list[Unit]:
    units: list[Unit] = []
    for department in below[parent]:
        units.append(Unit(department, depth, tuple(routes[department.code])))
        units += _hung(below, routes, department.code, depth + 1)
    return units
