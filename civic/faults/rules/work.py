"""Why may an official not do this to a fault?"""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from civic.faults.clock import time_at
from civic.faults.contradiction import IN_ORDER
from civic.faults.models import Fault, Rejection
from civic.faults.queries import own_open_fault, says_so
from civic.faults.speaking import speaks
from civic.faults.states import CLOSED, MOVES, NEW, State
from civic.people.models import Department, Person
from civic.people.rules import why_not_by_role, why_not_hand_to
from civic.policies.queries import promise_at
from civic.refusals import Refusal

Visitor = Person | AnonymousUser
LONGEST = 1_000  # characters of a note that everybody reads
HANDED = (5, 500)  # characters of the reason why it is handed on
FARTHEST = timedelta(days=366)  # of a visit
TAKEN = Refusal("already_taken", _("Somebody has taken this fault on already."))
NOT_TAKEN = Refusal("not_taken", _("Take the fault on first."))
REPAIRED = Refusal("already_repaired", _("A repair is recorded already."))
CLOSED_ALREADY = Refusal("closed", _("This fault is closed."))
NOT_CLOSED = Refusal("not_closed", _("This fault is still open."))
NOT_REPAIRED = Refusal("not_repaired", _("Record the repair first."))
SAYS_SO = Refusal("says_so", _("The light itself still says that this is so. It is over when the light says so too."))
NO_WORD = Refusal("no_result", _("Write what you saw: everybody who reported it reads it."), 422, "note")
NO_RESULT = Refusal("no_result", _("Write what was done: everybody who reported it reads it."), 422, "result")
NO_REASON = Refusal("unknown_reason", _("Choose one of the listed reasons."), 422, "reason")
NO_VISIT = Refusal("no_visit", _("Choose a time from now on, within a year."), 422, "planned_for")
NO_TWIN = Refusal("no_duplicate", _("Name the other fault by its number."), 422, "duplicate_of")


def why_not_take(person: Visitor, fault: Fault) -> Refusal | None:
    """New faults, by an official of their district."""
    if refusal := _why_not_work(person, fault):
        return refusal
    return None if fault.state in NEW else TAKEN


def why_not_schedule(person: Visitor, fault: Fault) -> Refusal | None:
    """What was taken on; a visit may be moved."""
    return _why_not_work(person, fault) or _unless(fault, State.SCHEDULED, State.SCHEDULED)


def why_not_visit(fault: Fault, planned_for: datetime, *, at: datetime) -> Refusal | None:
    """From now on, as the clock stands at its device, and within a year."""
    now = time_at(fault.device, at)
    return None if now <= planned_for <= now + FARTHEST else NO_VISIT


def why_not_start(person: Visitor, fault: Fault) -> Refusal | None:
    """What was taken on and is not being repaired yet."""
    return _why_not_work(person, fault) or _unless(fault, State.IN_PROGRESS)


def why_not_repair(
    person: Visitor, fault: Fault, result: str | None = None, photos: int = 0, needed: int = 0
) -> Refusal | None:
    """Taken on, with a result in words and, where the district asks for them, pictures. None: the button only."""
    if refusal := _why_not_work(person, fault) or _unless(fault, State.REPAIRED):
        return refusal
    if result is None:
        return None
    if not any(letter.isalnum() for letter in result):
        return NO_RESULT
    return _few_pictures(photos, needed) or why_not_note(result, "result")


def pictures_needed(fault: Fault, *, at: datetime) -> int:
    """How many the district asks for with what mends it, or with what is seen where nobody mended anything."""
    return min(promise_at(fault.district_id, at).fault_repair_photos, 1)


def why_not_resolve(
    person: Visitor, fault: Fault, note: str | None = None, photos: int = 0, *, at: datetime | None = None
) -> Refusal | None:
    """What is repaired, or well again as its device says, and never against its device. None: the button.

    Whoever closes before a whole good night has proved it writes what they saw, with a picture where the district
    asks for one and no repair brought it. Without `at` no device is asked.
    """
    if refusal := _why_not_work(person, fault):
        return refusal
    if fault.state != State.REPAIRED and not fault.closure_proposed_at:
        return NOT_REPAIRED
    spoken_for = at is not None and speaks(fault, time_at(fault.device, at))
    if spoken_for and says_so(fault):
        return SAYS_SO
    if note is None or not (spoken_for or fault.closure_proposed_at):
        return None
    if not any(letter.isalnum() for letter in note):
        return NO_WORD
    if at is None or fault.state == State.REPAIRED:
        return None
    return _few_pictures(photos, pictures_needed(fault, at=at))


def why_not_reject(
    person: Visitor,
    fault: Fault,
    reason: str | None = None,
    twin: Fault | None = None,
    *,
    at: datetime | None = None,
) -> Refusal | None:
    """With one of four reasons, and not as in order against its device; a duplicate names another open one.

    None: the button.
    """
    if refusal := _why_not_work(person, fault):
        return refusal
    if reason is None:
        return None
    if reason not in Rejection.values:
        return NO_REASON
    if at is not None and reason in IN_ORDER and speaks(fault, time_at(fault.device, at)) and says_so(fault):
        return SAYS_SO
    if reason == Rejection.DUPLICATE_OF:
        fits = twin and twin.pk != fault.pk and twin.district_id == fault.district_id and twin.state not in CLOSED
        return None if fits else NO_TWIN
    return None


def why_not_reopen(person: Visitor, fault: Fault) -> Refusal | None:
    """What was repaired or resolved and is out of order all the same; a lamp has one open fault of a kind."""
    if refusal := why_not_by_role(person, "work_on_faults", fault.scope):
        return refusal
    if fault.state not in (State.REPAIRED, State.RESOLVED):
        return NOT_CLOSED
    newer = own_open_fault(fault.device, fault.trouble) if fault.device else None
    if newer is None or newer.pk == fault.pk:
        return None
    return Refusal("open_again", _("This is followed under %(code)s already.") % {"code": newer.code})


def why_not_transfer(
    person: Visitor, fault: Fault, to: Department | None = None, reason: str | None = None
) -> Refusal | None:
    """What is still to be done, to another department of the district, with a reason. None: the button."""
    if refusal := why_not_by_role(person, "transfer_faults", fault.scope):
        return refusal
    if fault.state in CLOSED:
        return CLOSED_ALREADY
    if fault.state == State.REPAIRED:
        return REPAIRED
    if reason is None:
        return None
    if refusal := why_not_hand_to(to, fault.department_id, fault.district_id):
        return refusal
    if not HANDED[0] <= len(reason) <= HANDED[1]:
        return Refusal("reason_length", _("Give the reason in 5 to 500 characters: everybody reads it."), 422, "note")
    return None


def why_not_note(note: str, field: str = "note") -> Refusal | None:
    """Notes are public and short."""
    if len(note) > LONGEST:
        return Refusal("too_long", _("Please keep it under 1,000 characters."), 422, field)
    return None


def _few_pictures(photos: int, needed: int) -> Refusal | None:
    if photos >= needed:
        return None
    few = ngettext_lazy("This district asks for %(n)s picture.", "This district asks for %(n)s pictures.", "n")
    return Refusal("photo_needed", few % {"n": needed}, 422, "photo")


def _why_not_work(person: Visitor, fault: Fault) -> Refusal | None:
    refusal = why_not_by_role(person, "work_on_faults", fault.scope)
    return refusal or (CLOSED_ALREADY if fault.state in CLOSED else None)


def _unless(fault: Fault, to: State, *also: State) -> Refusal | None:
    if to in MOVES[State(fault.state)] or fault.state in also:
        return None
    if fault.state in NEW:
        return NOT_TAKEN
    return REPAIRED if fault.state == State.REPAIRED else TAKEN
