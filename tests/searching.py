"""Where does a word stand? Every column of every table, the database's own file, and every file beside it."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection


def forms_of(word: str) -> set[bytes]:
    """How a word may be written: as it is, escaped in JSON or an address, and a number without its dashes."""
    spelt = {word, json.dumps(word)[1:-1], quote(word)}
    digits = re.sub(r"\D", "", word)
    if len(digits) >= 8:  # a telephone; fewer digits stand in any hash
        spelt.add(digits)
    return {form.lower().encode() for form in spelt}


def found_in_tables(words: Iterable[str]) -> set[tuple[str, str, str]]:
    """(word, table, column) for every place; the database is asked for what it holds, not for what models know."""
    forms = {word: forms_of(word) for word in words}
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a name from the database itself
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {(word, table, column) for column, word in _in_row(columns, row, forms)}
    return found


def found_in_files(words: Iterable[str], folders: Iterable[Path]) -> set[tuple[str, str]]:
    """(word, file) for every file in the folders, of their contents and their names."""
    forms = {word: forms_of(word) for word in words}
    paths = [path for folder in folders for path in (folder.rglob("*") if folder.is_dir() else [folder])]
    return {
        (word, path.name)
        for path in paths
        if path.is_file()
        for word, spelt in forms.items()
        if any(form in path.read_bytes().lower() + str(path).encode() for form in spelt)
    }


def files_of_the_site() -> list[Path]:
    """Media, and what says which accounts are gone."""
    return [Path(settings.MEDIA_ROOT), Path(settings.DESTROYED_LOG)]


def files_of_the_database() -> list[Path]:
    """SQLite's file and its journals."""
    name = str(connection.settings_dict["NAME"])
    return [path for path in map(Path, (name, f"{name}-wal", f"{name}-shm")) if path.exists()]


def _in_row(columns: list[str], row: tuple[object, ...], forms: dict[str, set[bytes]]) -> Iterator[tuple[str, str]]:
    for column, value in zip(columns, row, strict=True):
        if value is None or isinstance(value, bool | int | float):
            continue
        held = bytes(value) if isinstance(value, bytes | memoryview) else _as_text(value).encode()
        for word, spelt in forms.items():
            if any(form in held.lower() for form in spelt):
                yield column, word


def _as_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
