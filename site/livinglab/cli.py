"""Which settings does a command run with, and what does it say where no database is ready for it?

The demonstration's settings, unless the environment names others.
"""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import DatabaseError, OperationalError, ProgrammingError

UNPREPARED = "The database is not prepared: run `livinglab prepare`."
AWAY = "The database does not answer (%s): start it or correct DATABASE_URL."
_NO_TABLE, _CANNOT_OPEN = "no such table", "unable to open database file"  # SQLite's own words: it has no codes
_UNDEFINED_TABLE = "42P01"  # PostgreSQL's SQLSTATE; None: it was never reached, or has gone


def main() -> None:
    """Run the command that was asked for; `--traceback` shows where a database was missed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livinglab.settings.demo")
    try:
        execute_from_command_line(sys.argv)
    except (OperationalError, ProgrammingError) as error:
        sentence = what_is_missing(error)
        if not sentence or "--traceback" in sys.argv:
            raise
        sys.exit(sentence)


def what_is_missing(error: DatabaseError) -> str:
    """What to do where a database has no tables or is not there; empty for any other error."""
    said = str(error).strip()
    state = getattr(error.__cause__, "sqlstate", "")
    if said.startswith(_NO_TABLE) or state == _UNDEFINED_TABLE:
        return UNPREPARED
    if said == _CANNOT_OPEN or (state is None and isinstance(error, OperationalError)):
        return AWAY % said.splitlines()[0]
    return ""
