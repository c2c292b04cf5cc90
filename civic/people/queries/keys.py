"""Which keys has a person?"""

from django.db.models import QuerySet

from civic.people.models import ApiToken, Person


def tokens_of(person: Person) -> QuerySet[ApiToken]:
    """A person's keys for programs, the newest first, revoked ones too."""
    return person.tokens.order_by("revoked_at", "-created_at")
