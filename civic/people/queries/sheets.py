"""Which sheet of letters was it, who printed it, and what came of its codes?"""

from dataclasses import dataclass

from django.db.models import QuerySet

from civic.ledger.models import Entry
from civic.people.level_facts import LettersSent
from civic.people.models import AccessLook, Letter, Person, Seen


@dataclass(frozen=True)
class SheetSeen:
    """What is left of a sheet: who printed it, how many codes are still open, and whose checks rest on one."""

    entry: Entry
    by_name: str
    open: int
    people: list[Person]

    @property
    def letters(self) -> int:
        return int(self.entry.data["number"])


def find_sheet(number: int) -> Entry | None:
    """The ledger's line of the sheet."""
    return Entry.objects.filter(pk=number, fact=LettersSent.name()).first()


def see_sheet(entry: Entry) -> SheetSeen:
    """Three queries. The name is that of the log of looks: it stays when the account of the staff goes."""
    looks = AccessLook.objects.filter(what=Seen.LETTERS, district=entry.district, about__endswith=f":{entry.pk}")
    name = looks.filter(about__startswith="letters:").values_list("by_name", flat=True).first()
    return SheetSeen(entry, name or "", Letter.objects.filter(sheet=entry.pk).count(), list(people_of(entry)))


def people_of(entry: Entry) -> QuerySet[Person]:
    """Whose check rests on a code of the sheet."""
    return Person.objects.filter(verification__sheet=entry.pk).order_by("nickname")
