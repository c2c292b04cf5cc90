import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('civic', '0017_write_counts'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsentDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('version', models.PositiveSmallIntegerField()),
                ('required', models.BooleanField(help_text='without it there is no account; the others may be refused')),
                ('since', models.DateField(help_text='the day it holds from, for the reader')),
                ('title_ko', models.CharField(max_length=80)),
                ('title_en', models.CharField(max_length=80)),
                ('purpose_ko', models.TextField()),
                ('purpose_en', models.TextField()),
                ('items_ko', models.TextField()),
                ('items_en', models.TextField()),
                ('retention_ko', models.TextField()),
                ('retention_en', models.TextField()),
                ('refusal_ko', models.TextField()),
                ('refusal_en', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'version'), name='consent_version_once')],
            },
        ),
        migrations.CreateModel(
            name='ConsentRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.UUIDField(help_text="the account's id, also after it was erased")),
                ('at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(help_text='taken back, replaced, or the account erased', null=True)),
                ('network', models.CharField(blank=True, help_text='keyed digest of the network it was given from', max_length=64)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='civic.consentdocument')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='consents', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['withdrawn_at'], name='consent_ended')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('account', 'document'), name='consent_once')],
            },
        ),
        migrations.AddField(
            model_name='person',
            name='consent_due',
            field=models.BooleanField(default=False, help_text='a text changed that the account stands on: ask again'),
        ),
        migrations.AlterField(
            model_name='answer',
            name='official',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='support',
            name='person',
            field=models.ForeignKey(help_text='empty once the account is erased', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RemoveConstraint(
            model_name='proposal',
            name='proposal_state_known',
        ),
        migrations.RemoveConstraint(
            model_name='proposal',
            name='proposal_review_has_clock',
        ),
        migrations.AlterField(
            model_name='proposal',
            name='state',
            field=models.CharField(choices=[('open', 'Collecting support'), ('expired', 'Period ended'), ('withdrawn', 'Withdrawn'), ('dept_review', 'Department review'), ('adopted', 'Adopted'), ('declined', 'Not adopted'), ('pilot', 'Pilot'), ('evaluation', 'Evaluation'), ('scaled', 'Expanded into policy'), ('retry', 'Improve and retry'), ('stopped', 'Pilot stopped')], default='open', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'expired', 'withdrawn', 'dept_review', 'adopted', 'declined', 'pilot', 'evaluation', 'scaled', 'retry', 'stopped'])), name='proposal_state_known'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'expired', 'withdrawn']), models.Q(('due_at__isnull', False), ('reached_at__isnull', False)), _connector='OR'), name='proposal_review_has_clock'),
        ),
    ]
