"""What keeps the ledger append-only? Triggers in the database, for whoever writes to it."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "civic_entry"
SENTENCE = "the ledger is append-only"

_SQLITE = [
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{verb} BEFORE {verb} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
    for verb in ("update", "delete")
]
_POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION {TABLE}_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'restrict_violation'; END $$""",
    f"""CREATE OR REPLACE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION {TABLE}_append_only()""",
    f"""CREATE OR REPLACE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_append_only()""",
]
_NAMES = {
    "sqlite": {f"{TABLE}_no_update", f"{TABLE}_no_delete"},
    "postgresql": {f"{TABLE}_no_change", f"{TABLE}_no_truncate"},
}
_STANDING = {
    "sqlite": f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{TABLE}'",  # noqa: S608 - a constant
    "postgresql": f"SELECT tgname FROM pg_trigger WHERE tgrelid = '{TABLE}'::regclass AND tgenabled = 'O'",  # noqa: S608 - a constant
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers. Every migration that touches the table calls this last: a rebuilt table has none."""
    with connection.cursor() as cursor:
        for statement in _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that do not stand."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING[connection.vendor])
        return _NAMES[connection.vendor] - {row[0] for row in cursor.fetchall()}
