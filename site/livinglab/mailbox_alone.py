"""Who has neither a password nor a second step to show once more, and when must they?

A session alone must not erase an account, change its address or make keys: whoever found a browser open, or a cookie,
reads no mail. A sign-in of the last minutes, by a mailed code or from a provider, is such a proof already.
"""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.http import HttpRequest

from civic.people.models import Person


def has_mailbox_alone(person: Any) -> bool:
    """Is there nothing but mail to ask for? Where there is a password nothing is looked up."""
    return isinstance(person, Person) and not person.has_usable_password() and not get_reauthentication_flows(person)


def must_show(request: HttpRequest) -> bool:
    """Has whoever has the mailbox alone shown it too long ago?"""
    if not has_mailbox_alone(request.user):
        return False
    records = get_authentication_records(request, request.user)
    latest = max((float(record["at"]) for record in records), default=0.0)
    return time.time() - latest >= app_settings.REAUTHENTICATION_TIMEOUT
