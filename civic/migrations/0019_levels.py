import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('civic', '0018_consents'),
    ]

    operations = [
        migrations.CreateModel(
            name='CodeTries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('number', models.PositiveSmallIntegerField(default=0)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('person_key', models.CharField(help_text='one open code a person: a new one replaces it', max_length=64, unique=True)),
                ('sent_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('dong', models.ForeignKey(help_text='where the letter was sent', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='civic.dong')),
            ],
        ),
        migrations.CreateModel(
            name='PersonKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('card', 'Card'), ('provider', 'Provider')], max_length=10)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='person_keys', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'source'), name='person_key_once_a_source')],
            },
        ),
        migrations.CreateModel(
            name='Tie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('lives', 'Lives here'), ('works', 'Works here'), ('studies', 'Studies here')], max_length=10)),
                ('declared_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('method', models.CharField(blank=True, choices=[('office', 'At the counter'), ('letter', 'By a mailed code'), ('provider', 'By an identity provider')], help_text='how it was confirmed', max_length=10)),
                ('dong', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='civic.dong')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'kind'), name='tie_once_a_kind'), models.CheckConstraint(condition=models.Q(('kind__in', ['lives', 'works', 'studies'])), name='tie_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('method', '')), models.Q(('confirmed_at__isnull', False), models.Q(('method', ''), _negated=True)), _connector='OR'), name='tie_confirmed_somehow')],
            },
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('method', models.CharField(choices=[('office', 'At the counter'), ('letter', 'By a mailed code'), ('provider', 'By an identity provider')], max_length=10)),
                ('district', models.CharField(blank=True, help_text='whose office; empty for a provider', max_length=5)),
                ('at', models.DateTimeField()),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='verification', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('level__in', [2, 3])), name='verification_level_known'), models.CheckConstraint(condition=models.Q(('method__in', ['office', 'letter', 'provider'])), name='verification_method_known')],
            },
        ),
        migrations.AddField(
            model_name='person',
            name='level',
            field=models.PositiveSmallIntegerField(default=1, help_text='2 checked by the district, 3 by a provider'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', [1, 2, 3])), name='person_level_known'),
        ),
        migrations.AddField(
            model_name='thread',
            name='level',
            field=models.PositiveSmallIntegerField(default=1, help_text='of verification, to speak; its owner sets it'),
        ),
        migrations.RemoveConstraint(
            model_name='participationpolicy',
            name='policy_voters_known',
        ),
        migrations.RemoveField(
            model_name='participationpolicy',
            name='voters',
        ),
        migrations.AddField(
            model_name='participationpolicy',
            name='support_level',
            field=models.PositiveSmallIntegerField(default=1, help_text='how sure it is who supports: 1 to 3'),
        ),
        migrations.AddField(
            model_name='participationpolicy',
            name='post_level',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='participationpolicy',
            name='propose_level',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='participationpolicy',
            name='vote_level',
            field=models.PositiveSmallIntegerField(default=2),
        ),
        migrations.AddConstraint(
            model_name='participationpolicy',
            constraint=models.CheckConstraint(condition=models.Q(('post_level__range', (1, 3)), ('propose_level__range', (1, 3)), ('support_level__range', (1, 3)), ('vote_level__range', (1, 3))), name='policy_levels_known'),
        ),
    ]
