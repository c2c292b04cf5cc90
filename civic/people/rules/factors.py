"""Why does the desk not open yet, although somebody is signed in?"""

from django.contrib.auth.models import AnonymousUser
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from civic.limits.figures import DESK_IDLE, HOUR, MINUTE, STEP_HOLDS
from civic.people.models import Person
from civic.people.queries import has_factor
from civic.refusals import Refusal

from .powers import why_not_by_role


def why_not_enter_desk(person: Person | AnonymousUser, *, age: float | None, idle: float) -> Refusal | None:
    """Refuse whoever has no role of the staff or no second step, has not shown it, or left the desk alone too long.

    `age`: seconds since a passkey, a code of the app or a recovery code was shown in this session, None where none
    was; `idle`: seconds since somebody used the desk in it. The desk holds personal data, so that a password alone
    does not open it, and it closes by itself (notice on safeguards, 안전성 확보조치 기준 articles 5 and 6).
    """
    if not person.is_superuser and (refusal := why_not_by_role(person, "enter_desk", "")) is not None:
        return refusal
    if not isinstance(person, Person) or not has_factor(person):
        words = _("The desk opens with a second step only. Add a passkey or an authenticator app, then come back.")
        return Refusal("factor_missing", words, status=403)
    if age is None:
        return Refusal("factor_not_shown", _("Before the desk opens, please show your second step."), status=403)
    if age > STEP_HOLDS:
        words = _("You showed your second step more than {hours} hours ago. Please show it once more.")
        return Refusal("factor_run_out", format_lazy(words, hours=STEP_HOLDS // HOUR), status=403)
    if idle > DESK_IDLE:
        words = _("Nobody used the desk here for {minutes} minutes. Please show your second step once more.")
        return Refusal("factor_run_out", format_lazy(words, minutes=DESK_IDLE // MINUTE), status=403)
    return None
