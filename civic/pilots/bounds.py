"""Who may work on a pilot, and which words and numbers fit? What all its rules ask first."""

from datetime import date, timedelta
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from civic.people.models import Person
from civic.people.rules import why_not_by_role
from civic.refusals import Refusal

REASON = (10, 3_000)
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
LARGEST = Decimal("9999999999")
LONGEST = timedelta(days=730)
TOO_LONG = Refusal("too_long", _("A pilot lasts two years at most."), 422, "ends_on")

Visitor = Person | AnonymousUser


def why_not_work(person: Visitor, scope: str) -> Refusal | None:
    """Pilots are run by officials of the department that answered their proposal, or of their district."""
    if not person.is_authenticated:
        return Refusal("sign_in", _("Sign in to work on a pilot."), 401)
    if refusal := why_not_by_role(person, "run_pilots", scope):
        stranger = Refusal("not_official", _("Only an official of this district may run its pilots."), 403)
        return refusal if refusal.code == "other_department" else stranger
    return None


def why_not_day(day: date, field: str) -> Refusal | None:
    """A day that a clock of any country can tell, and that somebody may live to see."""
    if not FIRST_DAY <= day < LAST_DAY:
        return Refusal("no_such_day", _("Write a day between 2000 and 2099."), 422, field)
    return None


def why_not_value(value: Decimal, note: str) -> Refusal | None:
    if not value.is_finite() or abs(value) > LARGEST:
        return Refusal("no_number", _("Write a number of at most ten digits."), 422, "value")
    if len(note) > 80:
        return Refusal("too_long", _("The note has 80 characters at most."), 422, "note")
    return None


def why_not_fit(field: str, size: int, bounds: tuple[int, int]) -> Refusal | None:
    """So many characters as a reader counts them, from the least to the most."""
    least, most = bounds
    if size < least:
        few = ngettext_lazy("Write at least %(n)s character.", "Write at least %(n)s characters.", "n")
        return Refusal("too_short", few % {"n": least}, 422, field)
    if size > most:
        text = _("%(most)s characters at most; these are %(size)s.") % {"most": most, "size": size}
        return Refusal("too_long", text, 422, field)
    return None
