"""How do the codes in somebody's rows read on the page? By the words of the forms; the file keeps the codes."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _

from civic.chain import way
from civic.people.levels import NAMES
from civic.people.powers import POWERS
from civic.people.queries import documents_in_force
from civic.people.queries.checkers import CHECKED
from civic.people.roles import EVERYWHERE, ROLES
from civic.places.queries import districts
from civic.privacy.fact_words import KINDS, PARTS, WORDS
from civic.texts import plain

Say = Callable[[Any], Any]


def says(model: type[Model], column: str) -> Say:
    """What makes words of the codes of a column (as `values()` takes it); what holds none stays as it is."""
    if column in _ELSEWHERE:
        return _ELSEWHERE[column]()
    field: Any = None
    for part in column.split("__"):
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            return _same
        model = field.related_model or model
    return _by(dict(getattr(field, "flatchoices", None) or ()))


def shown(value: Any) -> Any:
    """Moments by the clock in Seoul, rich text without its marks."""
    if isinstance(value, datetime):
        local = localtime(value)
        return f"{date_format(local, 'DATE_FORMAT')} {local:%H:%M}"
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return plain(value) if isinstance(value, str) and "<" in value else value


def _by(words: Mapping[Any, Any]) -> Say:
    return lambda code: words.get(code, code) if isinstance(code, str | int) else code


def _same(value: Any) -> Any:
    return value


def _things() -> Say:
    """`fault:F-2026-000123` as “Fault F-2026-000123”, `district:11200` by its name."""
    kinds = {**way.KINDS, **KINDS}
    places = {place.code: str(place) for place in districts()}
    texts = {document.kind: document.title for document in documents_in_force()}

    def say(key: Any) -> Any:
        if key == EVERYWHERE:
            return _("The whole site")
        if key == CHECKED:
            return _("Identity checked")
        kind, _colon, code = str(key).partition(":")
        if kind == "role":
            role, _colon, scope = code.partition(":")
            return f"{ROLES[role].name} · {say(scope)}" if role in ROLES else key
        named = texts.get(code, places.get(code, code))
        return f"{kinds[kind]} {named}".strip() if kind in kinds else key

    return say


def _parts() -> Say:
    """What a row keeps besides: each value in words, the part somebody had first."""
    thing = _things()
    codes = {**{code: role.name for code, role in ROLES.items()}, **PARTS}

    def one(value: Any) -> str:
        at = parse_datetime(value) if isinstance(value, str) and "T" in value else None
        return str(shown(at) if at and is_aware(at) else codes.get(value, thing(value)))

    def say(kept: Any) -> Any:
        if not isinstance(kept, dict):
            return kept
        return " · ".join(one(part) for part in kept.values() if isinstance(part, str | int) and part != "")

    return say


# Codes whose words stand in no field's choices, by the name of the column.
_ELSEWHERE: dict[str, Callable[[], Say]] = {
    "level": lambda: _by(NAMES),
    "role": lambda: _by({code: role.name for code, role in ROLES.items()}),
    "task": lambda: _by({verb: power.words for verb, power in POWERS.items()}),
    "district": lambda: _by({place.code: str(place) for place in districts()}),
    "document__kind": lambda: _by({document.kind: document.title for document in documents_in_force()}),
    "language": lambda: _by(dict(settings.LANGUAGES)),
    "fact": lambda: _by(WORDS),
    "entry__fact": lambda: _by(WORDS),
    "entry__key": _things,
    "key": _things,
    "about": _things,
    "scope": _things,
    "thread__key": _things,
    "fields": _parts,
    "data": _parts,
}
