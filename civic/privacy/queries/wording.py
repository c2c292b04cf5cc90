"""How do the codes in somebody's rows read on the page? By the words of the forms; the file keeps the codes."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from civic.people.levels import NAMES
from civic.people.powers import POWERS
from civic.people.queries import documents_in_force
from civic.people.roles import ROLES
from civic.places.queries import districts

Words = Mapping[Any, Any]

# Codes whose words stand in no field's choices, by the name of the column.
_ELSEWHERE: dict[str, Callable[[], Words]] = {
    "level": lambda: NAMES,
    "role": lambda: {code: role.name for code, role in ROLES.items()},
    "task": lambda: {verb: power.words for verb, power in POWERS.items()},
    "district": lambda: {place.code: str(place) for place in districts()},
    "document__kind": lambda: {document.kind: document.title for document in documents_in_force()},
}


def words_of(model: type[Model], column: str) -> Words:
    """From each code of a column (as `values()` takes it) to its words; empty where the column holds no codes."""
    if column in _ELSEWHERE:
        return _ELSEWHERE[column]()
    field: Any = None
    for part in column.split("__"):
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            return {}
        model = field.related_model or model
    return dict(getattr(field, "flatchoices", None) or ())
