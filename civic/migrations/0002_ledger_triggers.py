"""The ledger refuses UPDATE, DELETE and TRUNCATE from here on."""

from django.db import migrations

from civic.ledger.triggers import install


class Migration(migrations.Migration):
    dependencies = [("civic", "0001_first_tables")]
    operations = [migrations.RunPython(lambda apps, editor: install(editor.connection), migrations.RunPython.noop)]
