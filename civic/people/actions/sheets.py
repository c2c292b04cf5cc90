"""How is everything undone that the codes of one sheet of letters did? For a sheet that was printed in bad faith."""

from datetime import datetime

from django.db import transaction

from civic.ledger.models import Entry
from civic.ledger.record import record
from civic.people.level_facts import SheetTakenBack, VerificationWithdrawn
from civic.people.models import Letter, Person, Verification
from civic.people.rules.sheets import why_not_take_back_sheet
from civic.refusals import insist
from civic.texts import clean_line

from .raising import lower_level


@transaction.atomic
def take_back_sheet(*, by: Person, sheet: Entry, reason: str, at: datetime) -> int:
    """Drop the codes of a sheet that nobody used yet, and take back each check that rests on one; returns how many.

    Codes first: whoever uses one in this moment is waited for, and found among the checks.
    """
    reason = clean_line(reason)
    insist(why_not_take_back_sheet(by, sheet, reason=reason))
    letters, _rows = Letter.objects.filter(sheet=sheet.pk).delete()
    held = Person.objects.select_for_update(of=("self",)).filter(verification__sheet=sheet.pk).order_by("pk")
    checks = Verification.objects.filter(person__in=list(held), sheet=sheet.pk).select_related("person").order_by("pk")
    people = [check.person for check in checks]
    for person in people:
        lost = VerificationWithdrawn(key="people", district=sheet.district)
        lower_level(person, lost, by=by, reason=reason, at=at)
    fact = SheetTakenBack(key="people", district=sheet.district, sheet=sheet.pk, letters=letters, checks=len(people))
    record(fact, state={}, concerns={by: {"as": "officer", "reason": reason}}, at=at)
    return len(people)
