"""How does a person choose a department from a list?"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Department
from .queries import tree_of

CHOOSE = _("Choose")


def department_choices(district: str, none: str | Promise = CHOOSE) -> list[tuple[str, str | Promise]]:
    """The open departments of a district in the order of their tree; `none` is what the empty first line says."""
    return [("", none), *((unit.department.code, _deep(unit.department, unit.depth)) for unit in tree_of([district]))]


def _deep(department: Department, depth: int) -> str:
    return f"{'– ' * depth}{department}"
