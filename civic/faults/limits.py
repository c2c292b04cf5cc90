"""How often may somebody write of faults? Often enough for a street, not for a machine."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from civic.people.bearer import digest
from civic.people.models import Person
from civic.refusals import Refusal

MOST = 120  # in an hour from one address: carriers put many telephones behind one
PERIOD = 3600  # seconds
TOO_OFTEN = Refusal("too_often", _("Too many reports came from your network. Please wait a while, or sign in."), 429)


YOU_TOO_OFTEN = Refusal("too_often", _("Too many reports came from your account. Please wait a while."), 429)


def why_not_now(request: HttpRequest, person: Person | None) -> Refusal | None:
    """Count one write of an account, or of a guest's address. Only a digest is kept, for an hour."""
    if person is not None:
        return YOU_TOO_OFTEN if _counted(f"person:{person.pk}") > MOST else None
    return TOO_OFTEN if _counted(address_of(request)) > MOST else None


def _counted(who: str) -> int:
    key = f"faults:guest:{digest(who)}"
    cache.add(key, 0, PERIOD)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two
        return 1


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as far as the proxies in front are trusted."""
    return str(get_adapter().get_client_ip(request))
