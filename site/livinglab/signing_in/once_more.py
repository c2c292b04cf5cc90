"""What must somebody show once more before the account changes, and how long ago was it shown?

The strongest they have: a second step, else the password, else the mailbox. A session alone must not erase an account,
change its address, its second steps or make keys: whoever found a browser open, or a cookie, shows none of these, and
whoever knows the password no second step. A sign-in of the last minutes was such a proof already.
"""

import time
from math import inf
from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.people.models import Person
from civic.people.proof import age_of_step
from civic.people.queries import app_of, has_factor

_STEPS: Final = "mfa_reauthenticate"  # how allauth's names of them begin
Ways = list[dict[str, Any]]


def ways_to_show(person: Any, known: Ways) -> Ways:
    """Of the ways that allauth knows those that count, the best one first; for whoever has none a mailed code."""
    if known and has_factor(person):
        steps = [way for way in known if way["id"].startswith(_STEPS)]
        return steps if app_of(person) else steps[::-1]  # the passkey before the codes that stand in for it
    if not known and has_mailbox_alone(person):
        return [{"id": "code_again", "description": _("A mailed code"), "url": reverse("account_code_again")}]
    return known


def has_mailbox_alone(person: Any) -> bool:
    """Is there nothing but mail to ask for? Where there is a password nothing is looked up."""
    return isinstance(person, Person) and not person.has_usable_password() and not get_reauthentication_flows(person)


def age_of_proof(request: HttpRequest) -> float:
    """Seconds since this session showed it, signing in or once more; infinite: it never did."""
    person = request.user
    if isinstance(person, Person) and has_factor(person):
        age = age_of_step(request.session, person)
        return inf if age is None else age
    records = get_authentication_records(request, person)
    if not has_mailbox_alone(person):
        records = [record for record in records if record["method"] == "password"]
    return time.time() - max((float(record["at"]) for record in records), default=-inf)
