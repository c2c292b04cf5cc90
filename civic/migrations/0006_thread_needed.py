"""A proposal without a thread cannot be written any more."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("civic", "0005_thread_of_each_proposal")]
    operations = [
        migrations.AlterField(
            model_name="proposal",
            name="thread",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="civic.thread"
            ),
        ),
    ]
