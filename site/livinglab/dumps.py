"""How does the database go into one file and come back? SQLite copies itself, PostgreSQL by its own programs."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.db import connection
from psycopg import pq

from civic.feed.models import new_epoch

_SQLITE, _POSTGRESQL = "livinglab.sqlite3", "livinglab.pgdump"
_FRESH = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"


class DumpFailed(Exception):
    """A sentence that says what stood in the way."""


def name() -> str:
    """The file name of a dump of the database in use."""
    return _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL


def where() -> str:
    """Which database is in use, in words, without its password: so that nobody takes one for another."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        return f"SQLite, {connection.settings_dict['NAME']}"
    info = connection.connection.info
    return f"PostgreSQL, {info.dbname} at {info.host}:{info.port}"


def write(path: Path) -> None:
    """One consistent copy at `path`, while others write."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
    else:
        _run("pg_dump", "--format=custom", f"--file={path}")


def read(path: Path) -> None:
    """Replace the whole database by the dump and name a new epoch in it, all or nothing."""
    _read_sqlite(path) if connection.vendor == "sqlite" else _read_postgresql(path)


def target_is_empty() -> bool:
    """No tables at all, or ours without a person and without a fact; anything else is somebody's."""
    tables = set(connection.introspection.table_names())
    if not tables:
        return True
    if not {"civic_person", "civic_entry"} <= tables:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM civic_person) OR EXISTS (SELECT 1 FROM civic_entry)")
        return not cursor.fetchone()[0]


def _read_sqlite(path: Path) -> None:
    """The dump is examined and given its new epoch first; then it is copied over in one transaction."""
    with sqlite3.connect(path) as dump:
        verdict = dump.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            raise DumpFailed(f"The database in the backup is damaged: {verdict}")
        dump.execute("UPDATE civic_head SET epoch = ?", [new_epoch()])
        dump.commit()
        connection.ensure_connection()
        dump.backup(connection.connection)
    dump.close()
    connection.close()


def _read_postgresql(path: Path) -> None:
    """The dump becomes SQL, and psql runs it in one transaction with what makes room for it."""
    _insist_alone()
    connection.close()
    script = path.with_suffix(".sql")
    _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(path), database=False)
    epoch = f"UPDATE public.civic_head SET epoch = '{new_epoch()}'"  # noqa: S608 - hexadecimal of our own making
    _run("psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-c", _FRESH, "-f", str(script), "-c", epoch)


def _insist_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"  # autovacuum comes and goes by itself
        )
        others = cursor.fetchone()[0]
    if others:
        raise DumpFailed(f"{others} other connections use the database: stop web and worker first.")


def _run(program: str, *arguments: str, database: bool = True) -> None:
    """One of PostgreSQL's programs, told by its environment where the database is; no password in a process list."""
    told = _libpq_environment() if database else {}
    done = subprocess.run([_found(program), *arguments], env={**os.environ, **told}, capture_output=True, text=True)
    if done.returncode:
        raise DumpFailed(f"{program} failed: {done.stderr.strip()}")


def _libpq_environment() -> dict[str, str]:
    """All that DATABASE_URL says (sslmode and its like too), but `options`: our time limits are for requests."""
    known = connection.get_connection_params()
    variables = {
        option.keyword.decode(): option.envvar.decode()
        for option in pq.Conninfo.get_defaults()
        if option.envvar and option.keyword != b"options"
    }
    return {variable: str(known[word]) for word, variable in variables.items() if known.get(word)}


def _found(program: str) -> str:
    """The newest there is: an older pg_dump refuses a newer server."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    found = str(debian[-1]) if debian else shutil.which(program)
    if found is None:
        raise DumpFailed(f"{program} is not installed (Debian: apt install postgresql-client).")
    return found
