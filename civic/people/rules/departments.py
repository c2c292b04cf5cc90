"""What can a department not be, and to whom can nothing be brought?"""

import re

from django.utils.translation import gettext_lazy as _

from civic.people.models import Department, Level, Person, Route
from civic.people.roles import district_scope
from civic.refusals import Refusal

from .powers import why_not_by_role

SLUG = re.compile(r"[a-z0-9]{2,12}", re.ASCII)
PHONE = re.compile(r"[0-9+()\- ]{3,20}", re.ASCII)
LONGEST_CODE = 48
BOUNDS = {"name_ko": (2, 29), "name_en": (2, 60), "work_ko": (0, 200), "work_en": (0, 300)}
# Which level may hang below which; a division may also stand by itself (담당관).
BELOW: dict[str, tuple[Level, ...]] = {
    "": (Level.BUREAU, Level.DIVISION),
    Level.BUREAU: (Level.DIVISION, Level.TEAM),
    Level.DIVISION: (Level.TEAM,),
}


def why_not_open_department(
    by: Person, district: str, parent: Department | None, *, slug: str, level: str
) -> Refusal | None:
    """By an administrator of the district, below an open department that may have one, under a code of its own."""
    if refusal := why_not_by_role(by, "keep_departments", district_scope(district)):
        return refusal
    if parent is not None and (parent.district_id != district or parent.closed_at):
        return Refusal("parent_unfit", _("Choose an open department of the same district."), 422, "parent")
    if refusal := why_not_hang(district, parent, slug=slug, level=level):
        return refusal
    if Department.objects.filter(code=f"{parent.code if parent else district}.{slug}").exists():
        return Refusal("code_taken", _("There is or was a department with this code."), 409, "slug")
    return None


def why_not_hang(district: str, parent: Department | None, *, slug: str, level: str) -> Refusal | None:
    """A department of this level below that one, under a code that fits."""
    if level not in BELOW.get(parent.level if parent else "", ()):
        return Refusal("level_unfit", _("Teams belong to divisions, and divisions to bureaus."), 422, "level")
    code = f"{parent.code if parent else district}.{slug}"
    if not SLUG.fullmatch(slug) or len(code) > LONGEST_CODE:
        return Refusal("code_unfit", _("Write the code with 2 to 12 small letters or digits."), 422, "slug")
    return None


def why_not_amend_department(by: Person, department: Department) -> Refusal | None:
    """By an administrator of its district, as long as it is open."""
    if refusal := why_not_by_role(by, "keep_departments", district_scope(department.district_id)):
        return refusal
    return Refusal("department_closed", _("This department is closed.")) if department.closed_at else None


def why_not_called(words: dict[str, str]) -> Refusal | None:
    """Refuse names and sentences that are missing or too long, and what is no telephone number."""
    for field, (least, most) in BOUNDS.items():
        if not least <= len(words[field]) <= most:
            text = _("Write %(least)s to %(most)s characters.") % {"least": least, "most": most}
            return Refusal("length", text, 422, field)
    if not PHONE.fullmatch(words["phone"]):
        return Refusal("phone_unfit", _("Write the telephone number with digits and hyphens."), 422, "phone")
    return None


def why_not_close_department(by: Person, department: Department) -> Refusal | None:
    """Only when nothing hangs below it and nothing is brought to it any more."""
    if refusal := why_not_amend_department(by, department):
        return refusal
    if department.units.filter(closed_at=None).exists():
        return Refusal("has_units", _("Close what belongs to this department first."))
    if Route.objects.filter(department=department).exists():
        return Refusal("has_categories", _("Bring its categories to another department first."))
    return None


def why_not_route(by: Person, department: Department, kind: str, category: str) -> Refusal | None:
    """A known kind of thing, to an open department of one's own district that does not get it already."""
    if refusal := why_not_amend_department(by, department):
        return refusal
    if kind not in Route.Kind.values or not category:
        return Refusal("unknown_category", _("Choose one of the listed categories."), 422, "category")
    if Route.objects.filter(department=department, kind=kind, category=category).exists():
        return Refusal("routed_already", _("This department gets this category already."), 409, "category")
    return None


def why_not_hand_to(to: Department | None, before: str | None, district: str) -> Refusal | None:
    """Why can this not be handed on there? `before` is the code of the department that has it now, if any."""
    if to is None or to.district_id != district or to.closed_at:
        return Refusal("unknown_department", _("Choose an open department of this district."), 422, "department")
    if to.code == before:
        return Refusal("same_department", _("It is with this department already."), 422, "department")
    return None
