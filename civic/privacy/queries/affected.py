"""Whom does a breach of personal data concern, and where do they read mail?"""

from datetime import datetime

from django.db.models import Q, QuerySet

from civic.faults.models import Contact
from civic.people.models import AccessLook, Person


def everybody() -> set[str]:
    """Addresses of all accounts, and those left with reports of faults."""
    return {*Person.objects.values_list("email", flat=True), *Contact.objects.values_list("email", flat=True)}


def looks_between(since: datetime, until: datetime, by: str = "") -> QuerySet[AccessLook]:
    """What the staff looked at in that time; `by` is the address or the name of one of them, empty for all."""
    looks = AccessLook.objects.filter(at__gte=since, at__lt=until)
    return looks.filter(Q(by__email=by.lower()) | Q(by_name=by)) if by else looks


def seen_in(looks: QuerySet[AccessLook]) -> tuple[set[str], int]:
    """Addresses of whoever was looked at, and at how many places a guest was of whom nobody knows one."""
    people = set(looks.filter(subject__isnull=False).values_list("subject__email", flat=True))
    places = set(looks.filter(subject__isnull=True).values_list("about", flat=True))
    codes = [place.removeprefix("fault:") for place in places]
    left = Contact.objects.filter(report__fault__code__in=codes, report__person__isnull=True)
    guests = list(left.values_list("report__fault__code", "email"))
    return people | {email for _code, email in guests}, len(places - {f"fault:{code}" for code, _email in guests})
