"""How does the database become what it was? A copy made before the first test, put back after each that committed."""

import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from asgiref.sync import SyncToAsync
from django.db import connection, connections, transaction
from psycopg import sql


class Original(Protocol):
    """The test database as it was before any test."""

    def put_back(self) -> None: ...

    def drop(self) -> None: ...


def copy_of_test_database() -> Original:
    """Remember the test database as it stands."""
    return SqliteOriginal.taken() if connection.vendor == "sqlite" else PostgresOriginal.taken()


@dataclass(frozen=True)
class SqliteOriginal:
    """A second file; SQLite copies it over the first in 20 ms, triggers and all."""

    path: Path

    @classmethod
    def taken(cls) -> "SqliteOriginal":
        path = Path(tempfile.mkdtemp(prefix="livinglab-original-")) / "original.sqlite3"
        connection.ensure_connection()
        with sqlite3.connect(path) as copy:
            connection.connection.backup(copy)
        copy.close()
        return cls(path)

    def put_back(self) -> None:
        connection.close()
        connection.ensure_connection()
        with sqlite3.connect(self.path) as copy:
            copy.backup(connection.connection)
        copy.close()

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)
        self.path.parent.rmdir()


@dataclass(frozen=True)
class PostgresOriginal:
    """Rows and sequences in memory. To put them back no trigger fires: this is where the tests lift the ledger's."""

    rows: dict[str, bytes]
    sequences: dict[str, tuple[int, bool]]

    @classmethod
    def taken(cls) -> "PostgresOriginal":
        with connection.cursor() as cursor:
            rows = {}
            for table in _tables():
                with cursor.copy(sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(table))) as out:
                    rows[table] = b"".join(bytes(piece) for piece in out)
            cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
            sequences = {}
            for (name,) in cursor.fetchall():
                cursor.execute(sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(name)))
                sequences[name] = cursor.fetchone()
        return cls(rows, sequences)

    def put_back(self) -> None:
        # The thread in which asynchronous code asks the database must not hold a transaction open meanwhile.
        SyncToAsync.single_thread_executor.submit(connections.close_all).result(10)
        connection.close()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table, rows in self.rows.items():
                cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
                with cursor.copy(sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.Identifier(table))) as into:
                    into.write(rows)
            for name, (last, called) in self.sequences.items():
                cursor.execute("SELECT setval(%s::regclass, %s, %s)", [name, last, called])

    def drop(self) -> None:
        """Memory goes by itself."""


def _tables() -> list[str]:
    return sorted(connection.introspection.table_names())
