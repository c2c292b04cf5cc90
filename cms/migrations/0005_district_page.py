import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import cms.models


class Migration(migrations.Migration):
    dependencies = [
        ("civic", "0022_names_in_office"),
        ("cms", "0004_story_page"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="DistrictPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "headline",
                    models.TextField(
                        help_text="Two short lines; a line break parts them.", max_length=80, verbose_name="headline"
                    ),
                ),
                ("lead", models.TextField(max_length=300, verbose_name="lead")),
                ("body", wagtail.fields.RichTextField(blank=True, verbose_name="further text")),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="civic.district",
                        verbose_name="district",
                    ),
                ),
            ],
            options={
                "verbose_name": "page of a district",
                "verbose_name_plural": "pages of districts",
            },
            bases=(cms.models.OpenToAll, "wagtailcore.page"),
        ),
    ]
