"""How does the database become what it was? A copy made before the first test, put back after each that committed."""

import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.db import connection
from psycopg import sql


@dataclass(frozen=True)
class Original:
    """The test database before any test. `name` is the copy: a file on SQLite, a database on PostgreSQL."""

    name: str

    @classmethod
    def of_test_database(cls) -> "Original":
        """Copy the test database as it stands."""
        if connection.vendor == "sqlite":
            path = Path(tempfile.mkdtemp(prefix="livinglab-original-")) / "original.sqlite3"
            connection.ensure_connection()
            with sqlite3.connect(path) as copy:
                connection.connection.backup(copy)
            copy.close()
            return cls(str(path))
        original = cls(f"{connection.settings_dict['NAME']}_original")
        original.drop()
        _copy_database(connection.settings_dict["NAME"], original.name)
        return original

    def put_back(self) -> None:
        """Make the test database equal to the copy again; other connections to it are cut."""
        connection.close()
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with sqlite3.connect(self.name) as copy:
                copy.backup(connection.connection)
            copy.close()
        else:
            _drop_database(connection.settings_dict["NAME"])
            _copy_database(self.name, connection.settings_dict["NAME"])

    def copy_to(self, target: Path) -> None:
        """A second SQLite database with the same rows, for a process that needs one of its own."""
        with sqlite3.connect(self.name) as copy, sqlite3.connect(target) as other:
            copy.backup(other)
        other.close()

    def drop(self) -> None:
        """Remove the copy."""
        if connection.vendor == "sqlite":
            Path(self.name).unlink(missing_ok=True)
            Path(self.name).parent.rmdir()
        else:
            _drop_database(self.name)


def _copy_database(source: str, target: str) -> None:
    connection.close()
    _maintain(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"), target, source)


def _drop_database(name: str) -> None:
    _maintain(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), name)


def _maintain(statement: sql.SQL, *names: str) -> None:
    """One statement about whole databases, on a connection to none of them."""
    known = connection.settings_dict
    with psycopg.connect(
        host=known["HOST"], port=known["PORT"], user=known["USER"], password=known["PASSWORD"] or None,
        dbname="postgres", autocommit=True,
    ) as maintenance:  # fmt: skip  # one connection, one screen
        maintenance.execute(statement.format(*(sql.Identifier(name) for name in names)))
