"""What of a fault's reports goes with the account that wrote them?"""

from collections.abc import Collection

from django.db.models import Q
from django.db.models.functions import Lower

from civic.faults.models import Contact, Report
from civic.people.models import Person
from civic.photos.actions import drop_photos


def forget_reporter(*, by: Person, addresses: Collection[str]) -> int:
    """Empty what a person reported: words, pictures, where to write to. That it was reported stays, by nobody.

    `addresses` are the person's own, also where they reported as a guest. Returns how many reports were emptied.
    """
    reports = Report.objects.filter(person=by)
    drop_photos(keys=[report.key for report in reports])
    known = {address.lower() for address in addresses}
    mine = Contact.objects.annotate(plain=Lower("email")).filter(Q(report__person=by) | Q(plain__in=known))
    Contact.objects.filter(pk__in=list(mine.values_list("pk", flat=True))).delete()
    return reports.update(text="")
