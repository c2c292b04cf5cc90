"""What of a fault's reports goes with the account that wrote them?"""

from collections.abc import Collection

from django.db.models import Q
from django.db.models.functions import Lower

from civic.faults.models import Contact, Fault, Report
from civic.people.models import Person
from civic.photos.actions import drop_photos


def forget_reporter(*, by: Person, addresses: Collection[str]) -> int:
    """Empty what a person reported: words, pictures, where to write to, from where. It stays reported, by nobody.

    `addresses` are the person's own, also where they reported as a guest. Of somebody else's report that names one of
    them the address alone goes: the words are its writer's. Returns how many reports were emptied.
    """
    known = {address.lower() for address in addresses}
    told = Contact.objects.annotate(plain=Lower("email")).filter(plain__in=known)
    mine = list(Report.objects.filter(Q(person=by) | Q(person=None, pk__in=told.values("pk"))))
    drop_photos(keys=[report.key for report in mine])
    Contact.objects.filter(Q(report__in=mine) | Q(pk__in=list(told.values_list("pk", flat=True)))).delete()
    Fault.objects.filter(report_rows__in=mine).exclude(first_network="").update(first_network="")
    return Report.objects.filter(pk__in=[report.pk for report in mine]).update(text="")


def move_contacts(*, left: Collection[str], address: str) -> int:
    """Tell reporters under the address that took the place of theirs; returns how many reports it concerns."""
    before = Contact.objects.annotate(plain=Lower("email")).filter(plain__in={one.lower() for one in left})
    return Contact.objects.filter(pk__in=list(before.values_list("pk", flat=True))).update(email=address)
