"""How does a page of the desk note that it shows somebody's data? One call, before it answers."""

from collections.abc import Iterable
from typing import Any, Final

from django.http import HttpRequest

from civic.clocks.now import database_now
from civic.limits.edge import address_of
from civic.people.actions import Subject, note_looks
from civic.people.models import Seen

from .access import person_at

NOBODY: Final = "people:nobody"  # where an account was asked for that is not there: that is an answer, too


def asked_about(form: Any, *, about: str = "people") -> Subject | None:
    """Whose account a form was asked for, by its `person`; None where it asked for none yet."""
    if not hasattr(form, "person"):
        return None
    return Subject(about, form.person) if form.person else Subject(NOBODY)


def note_shown(request: HttpRequest, subjects: Iterable[Subject], what: Seen, *, task: str, district: str) -> None:
    """Every subject whose data the page holds; `task` is the verb of the table of powers that opens it."""
    note_looks(
        by=person_at(request),
        subjects=subjects,
        what=what,
        task=task,
        district=district,
        address=address_of(request),
        at=database_now(),
    )
