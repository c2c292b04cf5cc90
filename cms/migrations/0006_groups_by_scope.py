from django.db import migrations


def join(apps, schema_editor):
    """Administrators who are there already join the group of each scope in which they are."""
    group = apps.get_model("auth", "Group")
    for grant in apps.get_model("civic", "RoleGrant").objects.filter(role="admin").select_related("person"):
        grant.person.groups.add(group.objects.get_or_create(name=f"role:admin:{grant.scope}")[0])


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("civic", "0022_names_in_office"),
        ("cms", "0005_district_page"),
    ]

    operations = [migrations.RunPython(join, migrations.RunPython.noop)]
