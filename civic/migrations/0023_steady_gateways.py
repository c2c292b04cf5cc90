from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('civic', '0022_names_in_office'),
    ]

    operations = [
        migrations.AddField(
            model_name='devicestate',
            name='look_at',
            field=models.DateTimeField(help_text='when its judge looks again though it said nothing', null=True),
        ),
        migrations.AddField(
            model_name='devicestate',
            name='switched_at',
            field=models.DateTimeField(help_text='since when its power state has been what it is', null=True),
        ),
        migrations.AddField(
            model_name='gateway',
            name='heard_at',
            field=models.DateTimeField(help_text='when it brought something new, by our clock', null=True),
        ),
        migrations.AddField(
            model_name='gateway',
            name='steady_since',
            field=models.DateTimeField(help_text='since when it has done so without a break', null=True),
        ),
        migrations.AddIndex(
            model_name='devicestate',
            index=models.Index(condition=models.Q(('look_at__isnull', False)), fields=['look_at'], name='state_to_look_at'),
        ),
    ]
