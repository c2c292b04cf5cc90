from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('civic', '0016_round_wiped_at'),
    ]

    operations = [
        migrations.CreateModel(
            name='WriteCount',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('until', models.DateTimeField(db_index=True)),
            ],
        ),
    ]
