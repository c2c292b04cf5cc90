"""What goes when an account goes for good?"""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import CASCADE, DO_NOTHING, FileField, Model

from civic.people.models import Person, RoleStep
from civic.people.queries import keys_to_people
from civic.people.queries.pointing import Key

from .consents import end_consents
from .sessions import end_sessions_of


def remove_account(*, person: Person, at: datetime) -> None:
    """Delete the account, what belongs to it alone, and its sign-ins; the rest stays without a person.

    Whoever calls it has seen to what others would miss: voices, words, what is still open.
    """
    end_consents(person, at=at)
    RoleStep.objects.filter(person=person).update(left_at=at)  # from now on the history is kept for a time
    end_sessions_of(person)
    for key in keys_to_people():
        _see_to(key, person)
    person.delete()


def _see_to(key: Key, person: Person) -> None:
    """What the database would not do by itself: logs that point to nobody, files of rows that go."""
    rows = key.model._base_manager.filter(**{key.name: person})
    on_delete = key.remote_field.on_delete
    if on_delete is DO_NOTHING:
        rows.update(**{key.name: None})
    elif on_delete is CASCADE:
        for field in key.model._meta.local_fields:
            if isinstance(field, FileField):
                _drop_files(field, list(rows))


def _drop_files(field: FileField, rows: list[Model]) -> None:
    """With the commit: a file that goes too early cannot come back."""
    for row in rows:
        file = getattr(row, field.name)
        if file:
            transaction.on_commit(partial(file.storage.delete, file.name))
