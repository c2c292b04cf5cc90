"""Which row is held while a person's roles or keys change?"""

from django.utils.translation import gettext_lazy as _

from civic.people.models import Person
from civic.people.queries import forget_grants
from civic.refusals import Refusal, Refused

ACCOUNT_GONE = Refusal("account_gone", _("This account has been erased meanwhile. What was sent was not kept."))


def lock(person: Person) -> None:
    """Hold the person's row until the end of the transaction, and read their grants anew. Raises Refused if it went."""
    if not Person.objects.select_for_update().filter(pk=person.pk).exists():
        raise Refused(ACCOUNT_GONE)
    forget_grants(person)
