"""Which row is held while a person's roles or keys change?"""

from civic.people.models import Person
from civic.people.queries import forget_grants


def lock(person: Person) -> None:
    """Hold the person's row until the end of the transaction, and read their grants anew."""
    Person.objects.select_for_update().get(pk=person.pk)
    forget_grants(person)
