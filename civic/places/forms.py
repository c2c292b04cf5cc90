"""How does a person choose a dong from a list?"""

from typing import Any

from django.utils.functional import Promise

from .queries import all_dongs


def dong_choices(none: str | Promise) -> list[tuple[str, Any]]:
    """Every dong under the name of its district; `none` is what the empty first line says."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for dong in all_dongs():
        groups.setdefault(str(dong.district), []).append((dong.code, str(dong)))
    return [("", none), *groups.items()]
