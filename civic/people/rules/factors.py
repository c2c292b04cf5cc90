"""Why does the desk not open yet, although somebody is signed in?"""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from civic.people.models import Person
from civic.people.queries import has_factor
from civic.refusals import Refusal

from .powers import why_not_by_role


def why_not_enter_desk(person: Person | AnonymousUser, *, shown: bool) -> Refusal | None:
    """Refuse whoever has no role of the staff, no second step, or has not shown it since the sign-in.

    `shown`: a passkey, a code of the app or a recovery code was part of this session. The desk holds personal data,
    and a password alone does not open it (notice on safeguards for personal data, 안전성 확보조치 기준 article 5).
    """
    if not person.is_superuser and (refusal := why_not_by_role(person, "enter_desk", "")) is not None:
        return refusal
    if not isinstance(person, Person) or not has_factor(person):
        words = _("The desk opens with a second step only. Add a passkey or an authenticator app, then come back.")
        return Refusal("factor_missing", words, status=403)
    if not shown:
        return Refusal("factor_not_shown", _("Before the desk opens, please show your second step."), status=403)
    return None
