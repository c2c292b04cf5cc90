"""Which accounts are there?"""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, QuerySet

from civic.people.models import Person


def open_account(email: str) -> Person | None:
    """The account with this address, unless it is closed."""
    return Person.objects.filter(email=email.lower(), is_active=True).first()


def is_confirmed(person: Person) -> bool:
    """Has anybody ever shown that they read the mail of this account?"""
    return EmailAddress.objects.filter(user=person, verified=True).exists()


def never_confirmed(before: datetime) -> QuerySet[Person]:
    """Accounts opened before that moment, never confirmed and never used, the oldest first."""
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    unused = Person.objects.filter(last_login__isnull=True, is_staff=False, is_superuser=False, grants__isnull=True)
    return unused.filter(~Exists(confirmed), date_joined__lte=before).order_by("date_joined")
