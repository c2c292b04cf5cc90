"""How many rows are there by now? PostgreSQL goes by its last count, and cannot count a load before that ends."""

from django.db import connection, models


def count_anew(*tables: type[models.Model]) -> None:
    """Let PostgreSQL count these tables, or all, after a bulk load, in the transaction that loads; SQLite needs none.

    A connection that met them nearly empty keeps reading them from end to end, once for each key that it checks:
    7,443 lamps then take minutes instead of a second. Counting makes it choose again.
    """
    if connection.vendor != "postgresql":
        return
    named = ", ".join(connection.ops.quote_name(table._meta.db_table) for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {named}")
