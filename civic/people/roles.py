"""Which roles are there, what may each do, and what must it show?"""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role:
    """One role. `staff` roles reach the desk; `office` says what must be shown beside the name, if anything."""

    code: ClassVar[str]
    name: ClassVar[str | Promise]
    sentence: ClassVar[str | Promise]
    staff: ClassVar[bool] = False
    needs_name: ClassVar[bool] = False
    needs_office: ClassVar[bool] = False
    needs_phone: ClassVar[bool] = False
    within: ClassVar[tuple[str, ...]] = ("site", "district")  # the kinds of scope in which it can be held


class Resident(Role):
    """Everybody with an account; needs no grant."""

    code = "resident"
    name = _("Resident")
    sentence = _("Proposes, supports, discusses, votes and reports under a nickname; only the badge is shown.")


class Panel(Role):
    code = "panel"
    name = _("Residents' panel member")
    sentence = _("Speaks as a member of the residents' panel; shows the subcommittee.")
    needs_office = True


class LabMember(Role):
    code = "lab_member"
    name = _("Lab member")
    sentence = _("Speaks as a member of a lab.")
    within = ("site", "district", "lab")


class Expert(Role):
    code = "expert"
    name = _("Expert")
    sentence = _("Speaks as an expert; shows affiliation or field.")
    needs_office = True
    within = ("site", "district", "lab")


class Official(Role):
    """Department, name and telephone go with every answer: Petitions Act decree (민원처리법 시행령) article 31."""

    code = "official"
    name = _("Official in charge")
    sentence = _("Answers proposals, runs pilots and handles faults; shows department, name and office telephone.")
    staff = True
    needs_name = True
    needs_office = True
    needs_phone = True
    within = ("site", "district", "department")


class Moderator(Role):
    code = "moderator"
    name = _("Moderator")
    sentence = _("Reads proposals, faults, votes and pilots at the desk; changes nothing.")
    staff = True


class Coordinator(Role):
    code = "coordinator"
    name = _("Lab coordinator")
    sentence = _("Speaks as the coordinator of a lab.")
    staff = True
    within = ("site", "district", "lab")


class Admin(Role):
    code = "admin"
    name = _("Administrator")
    sentence = _("Keeps rules, roles, departments and pages; does not decide proposals.")
    staff = True


class Auditor(Role):
    code = "auditor"
    name = _("Auditor")
    sentence = _("Reads the logs and changes nothing.")
    staff = True


ROLES: dict[str, type[Role]] = {
    role.code: role for role in (Resident, Panel, LabMember, Expert, Official, Moderator, Coordinator, Admin, Auditor)
}
EVERYWHERE = "site"


def district_scope(code: str) -> str:
    """The scope of a district by its 5-digit code."""
    return f"district:{code}"


def department_scope(code: str) -> str:
    """The scope of a department by its code, which begins with its district's: `11200.safety.roads`."""
    return f"department:{code}"


def group_name(role: str, scope: str = "") -> str:
    """The group of everybody who holds a role, or who holds it in just this scope; desks give rights by it."""
    return f"role:{role}:{scope}" if scope else f"role:{role}"


def district_of(scope: str) -> str:
    """The 5-digit code of the district in which a scope lies; empty for the whole site."""
    kind, _colon, code = scope.partition(":")
    return code.partition(".")[0] if kind in ("district", "department", "lab") else ""


def scopes_over(scope: str) -> list[str]:
    """Every scope in which a role is held that holds here too: the site, the district, bureau and division, itself."""
    kind, _colon, code = scope.partition(":")
    over = [EVERYWHERE, district_scope(district_of(scope))] if scope != EVERYWHERE else []
    if kind == "department":
        parts = code.split(".")
        return over + [department_scope(".".join(parts[:n])) for n in range(2, len(parts) + 1)]
    return [*over, scope] if kind == "lab" or not over else over


def reaches(held: str, scope: str) -> bool:
    """Does a role that is held there hold here too? Site over district, district over department, bureau over team."""
    if held in (EVERYWHERE, scope):
        return True
    kind, _colon, code = held.partition(":")
    if kind == "district":
        return district_of(scope) == code
    return kind == "department" and scope.startswith(f"{held}.")
