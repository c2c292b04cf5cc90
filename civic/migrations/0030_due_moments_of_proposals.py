"""Every proposal that waits for its answer says in the chain until when."""

from django.db import migrations


def say_due_moments(apps, editor):
    proposal, node = apps.get_model("civic", "Proposal"), apps.get_model("civic", "Node")
    for code, due_at in proposal.objects.filter(state="dept_review").values_list("code", "due_at").iterator():
        node.objects.filter(key=f"proposal:{code}").update(due_at=due_at)


class Migration(migrations.Migration):
    dependencies = [("civic", "0029_due_moment_of_nodes")]
    operations = [migrations.RunPython(say_due_moments, migrations.RunPython.noop)]
