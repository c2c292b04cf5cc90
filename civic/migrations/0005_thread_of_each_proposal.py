"""Every proposal that stands already gets its thread; those whose period ended get a closed one."""

from django.db import migrations


def open_threads(apps, editor):
    proposal, thread = apps.get_model("civic", "Proposal"), apps.get_model("civic", "Thread")
    for row in proposal.objects.filter(thread=None).iterator():
        made = thread(key=f"thread:{row.code}", district=row.district_id, open=row.state != "expired")
        made.save()
        proposal.objects.filter(pk=row.pk).update(thread=made)


class Migration(migrations.Migration):
    dependencies = [("civic", "0004_threads")]
    operations = [migrations.RunPython(open_threads, migrations.RunPython.noop)]
