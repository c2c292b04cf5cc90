"""By which accounts of others does a person sign in?"""

from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet

from civic.people.models import Person


def linked_accounts(person: Person) -> QuerySet[SocialAccount]:
    """A person's accounts elsewhere by which they sign in here, the oldest first."""
    return SocialAccount.objects.filter(user=person).order_by("date_joined", "pk")
