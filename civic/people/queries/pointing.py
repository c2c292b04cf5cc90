"""Which rows of all tables point to a person?"""

from typing import Any

from django.apps import apps
from django.db.models import ForeignKey

from civic.people.models import Person

Key = ForeignKey[Any, Any]


def keys_to_people() -> list[Key]:
    """Every field of every installed model that is a key to a person."""
    fields = (field for model in apps.get_models() for field in model._meta.local_fields)
    return [field for field in fields if isinstance(field, ForeignKey) and field.related_model is Person]
