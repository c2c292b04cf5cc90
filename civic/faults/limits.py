"""How often may somebody without an account write? Often enough for a street, not for a machine."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from civic.people.bearer import digest
from civic.refusals import Refusal

MOST = 120  # in an hour from one address: carriers put many telephones behind one
PERIOD = 3600  # seconds
TOO_OFTEN = Refusal("too_often", _("Too many reports came from your network. Please wait a while, or sign in."), 429)


def why_not_now(address: str) -> Refusal | None:
    """Count one write of a guest from an address (`address_of`). Only its digest is kept, for an hour."""
    key = f"faults:guest:{digest(address)}"
    cache.add(key, 0, PERIOD)
    try:
        return TOO_OFTEN if cache.incr(key) > MOST else None
    except ValueError:  # it ran out between the two
        return None


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as far as the proxies in front are trusted."""
    return str(get_adapter().get_client_ip(request))
