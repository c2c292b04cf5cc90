"""Do PostgreSQL's programs reach the database that Django reaches, and is it nobody else's meanwhile?"""

import contextlib
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from civic.feed.listen import PostgresListener
from livinglab.dumps import DumpFailed, _insist_alone, _libpq_environment, where

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@contextlib.contextmanager
def told(**options: str) -> Iterator[None]:
    """DATABASE_URL with these options behind the question mark."""
    before = connection.settings_dict["OPTIONS"]
    connection.settings_dict["OPTIONS"] = {**before, **options}
    try:
        yield
    finally:
        connection.settings_dict["OPTIONS"] = before


def test_programs_are_told_every_option_of_the_address() -> None:
    with told(sslmode="require", sslrootcert="ours.pem", application_name="lab"):
        environment = _libpq_environment()
    known = connection.settings_dict
    assert environment["PGDATABASE"] == known["NAME"]
    assert (environment["PGHOST"], environment["PGPORT"]) == (known["HOST"], str(known["PORT"]))
    assert (environment["PGSSLMODE"], environment["PGSSLROOTCERT"]) == ("require", "ours.pem")


def test_programs_are_not_told_the_time_limits_of_requests() -> None:
    assert "PGOPTIONS" not in _libpq_environment()


def test_the_listener_insists_on_tls_where_the_address_does() -> None:
    """This server has none: the line must fail instead of going without."""
    with told(sslmode="require"), pytest.raises(psycopg.OperationalError, match="SSL"):
        PostgresListener._open()


def test_the_listener_opens_without_options() -> None:
    line = PostgresListener._open()
    assert line.info.dbname == connection.settings_dict["NAME"]
    line.close()


def test_another_client_stands_in_the_way_of_a_restore() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    words = {name: connection.get_connection_params()[name] for name in ("dbname", "user", "host", "port")}
    with psycopg.connect(**words), pytest.raises(DumpFailed, match="1 other connections"):
        _insist_alone()


def test_the_place_is_named_without_the_password() -> None:
    known = connection.settings_dict
    assert where() == f"PostgreSQL, {known['NAME']} at {known['HOST']}:{known['PORT']}"
    assert known["PASSWORD"] == "" or known["PASSWORD"] not in where()


def test_kept_connections_are_asked_whether_they_live() -> None:
    known = settings.DATABASES["default"]
    assert (known["CONN_MAX_AGE"], known["CONN_HEALTH_CHECKS"]) == (60, True)
