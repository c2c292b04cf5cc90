"""Why may a word about a fault not be taken?"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from civic.devices.models import Device
from civic.faults.models import Fault
from civic.faults.queries import report_of
from civic.faults.states import CLOSED, State
from civic.faults.trouble import FOR_RESIDENTS
from civic.people.models import Person
from civic.places.models import Dong
from civic.refusals import Refusal

LONGEST = 1_000  # characters of a report
LONGEST_ADDRESS = 254  # RFC 5321
NO_DEVICE = Refusal("unknown_device", _("There is no lamp with this number."), 404, "device")
NO_PLACE = Refusal("no_place", _("Say which lamp it is, or where."), 422, "device")
OUTSIDE = Refusal("outside", _("This place lies outside the districts of this site."), 422, "lon")
RETIRED = Refusal("retired", _("This lamp has been taken down."), 409, "device")
NOT_OURS = Refusal(
    "unknown_category",
    _("This site takes faults of lamps only. Please report anything else at 안전신문고 (www.safetyreport.go.kr)."),
    422,
    "category",
)
NO_ADDRESS = Refusal("email", _("This is not an e-mail address. You may also leave it out."), 422, "email")
CLOSED_ALREADY = Refusal("closed", _("This fault is closed. If it is back, please report the lamp again."))
REPAIRED = Refusal("repaired", _("A repair of this fault is recorded. If it is not mended, say that instead."))
NOT_REPAIRED = Refusal("not_repaired", _("No repair of this fault is recorded: it is being dealt with."))
ALREADY = Refusal("already_reported", _("You have told us of this fault already. One person counts once."))


def why_not_report(
    device: Device | None, dong: Dong | None, category: str, text: str = "", email: str = ""
) -> Refusal | None:
    """A lamp that stands or a place of ours, one of the listed troubles; nobody has to say who they are."""
    if device is None and dong is None:
        return NO_PLACE
    if device is not None and device.retired_at:
        return RETIRED
    if category not in FOR_RESIDENTS:
        return NOT_OURS
    return why_not_words(text, email)


def why_not_join(
    person: Person | None, fault: Fault, keys: Iterable[str] = (), text: str = "", email: str = ""
) -> Refusal | None:
    """Only while it waits for a repair, each person or browser once. An address proves nobody."""
    if fault.state in CLOSED:
        return CLOSED_ALREADY
    if fault.state == State.REPAIRED:
        return REPAIRED
    return why_not_words(text, email) or (ALREADY if report_of(fault, person, keys) else None)


def why_not_contest(fault: Fault, text: str = "", email: str = "") -> Refusal | None:
    """What is recorded as repaired, by whoever stands before it; what is closed is reported once more."""
    if fault.state in CLOSED:
        return CLOSED_ALREADY
    if fault.state != State.REPAIRED:
        return NOT_REPAIRED
    return why_not_words(text, email)


def why_not_words(text: str, email: str) -> Refusal | None:
    """Both may be left out."""
    if len(text) > LONGEST:
        return Refusal("too_long", _("Please keep it under 1,000 characters."), 422, "text")
    if not email:
        return None
    if len(email) > LONGEST_ADDRESS:
        return NO_ADDRESS
    try:
        validate_email(email)
    except ValidationError:
        return NO_ADDRESS
    return None
