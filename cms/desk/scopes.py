"""What is a scope called, and which may a person choose from?"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from civic.people.models import Department, Person
from civic.people.queries import tree_of
from civic.people.roles import EVERYWHERE, department_scope, district_scope
from civic.people.rules import may
from civic.places.queries import districts


def scope_names() -> Callable[[str], str]:
    """A function from a scope to its name, for a whole list: two queries."""
    known = {EVERYWHERE: _("Whole site")}
    known |= {district_scope(place.code): str(place) for place in districts()}
    known |= {department.key: f"{known[district_scope(department.district_id)]} {department}" for department in _all()}
    return lambda scope: known.get(scope, scope.partition(".")[2] or scope)


def scope_choices(person: Person, verb: str) -> list[tuple[str, Any]]:
    """Where the person may use the verb: the site, districts, and below each district its open departments.

    Each choice names its district: a closed list shows the choice and not the heading it stands under.
    """
    own = [place for place in districts() if may(person, verb, district_scope(place.code))]
    units = tree_of(place.code for place in own)
    found: list[tuple[str, Any]] = [(EVERYWHERE, _("Whole site"))] if may(person, verb, EVERYWHERE) else []
    for place in own:
        inside = [
            (department_scope(unit.department.code), f"{'– ' * unit.depth}{unit.department} · {place}")
            for unit in units
            if unit.department.district_id == place.code
        ]
        whole = _("The whole district")
        found.append((str(place), [(district_scope(place.code), f"{whole} · {place}"), *inside]))
    return found


def _all() -> list[Department]:
    return list(Department.objects.all())
