"""How often may somebody write of faults? Often enough for a street, not for a machine."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from civic.limits.edge import address_of, why_not_again
from civic.limits.figures import LIMITS
from civic.people.models import Person
from civic.refusals import Refusal

MOST = LIMITS["report"].of_address  # in an hour from one address: carriers put many telephones behind one
TOO_OFTEN = Refusal("too_often", _("Too many reports came from your network. Please wait a while, or sign in."), 429)
YOU_TOO_OFTEN = Refusal("too_often", _("Too many reports came from your account. Please wait a while."), 429)


def why_not_now(request: HttpRequest, person: Person | None) -> Refusal | None:
    """Count one write of an account, or of a guest's address: an account is not held back by its neighbours."""
    whose = {"person": str(person.pk), "address": ""} if person else {"person": "", "address": address_of(request)}
    refusal, request.retry_after = why_not_again("report", **whose)  # type: ignore[attr-defined]  # see the wall
    return (YOU_TOO_OFTEN if person else TOO_OFTEN) if refusal else None
