"""May this request be done once more? Asked by every edge that writes, before it calls its action."""

from collections.abc import Mapping
from datetime import UTC, datetime
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, Final

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from civic.refusals import Refusal, insist

from .actions import count_act
from .figures import LIMITS
from .rules import ALL_TOO_OFTEN, YOU_TOO_OFTEN, why_not_more

_LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})
_PASSED_ON: Final = ("x-forwarded-for", "forwarded", "x-real-ip")
_HOME: Final = 64  # bits of an IPv6 address that one household holds


def insist_within(request: HttpRequest, what: str) -> None:
    """Count one act of the account and of its address. Raises Refused with status 429."""
    refusal, wait = _counted(request, what)
    if refusal:
        request.retry_after = wait  # type: ignore[attr-defined]  # the wall writes it as Retry-After
    insist(refusal)


def why_not_again(what: str, *, person: str, address: str) -> tuple[Refusal | None, int]:
    """Count one act; the refusal, and after how many seconds it may be tried again. Empty names are not counted."""
    limit, at = LIMITS[what], datetime.now(UTC)  # this machine's clock: a stretch is nobody's deadline
    refusal: Refusal | None = None
    wait = 0
    if person:
        number, wait = count_act(who=f"person:{person}", what=what, seconds=limit.seconds, at=at)
        refusal = why_not_more(number, limit.of_person, YOU_TOO_OFTEN)
    if address and refusal is None:
        number, wait = count_act(who=f"address:{home_of(address)}", what=what, seconds=limit.seconds, at=at)
        refusal = why_not_more(number, limit.of_address, ALL_TOO_OFTEN)
    return refusal, wait


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as far as the proxies in front are trusted."""
    return str(get_adapter().get_client_ip(request))


def plain_address(address: str) -> str:
    """An IPv4 address as itself, also where a server that listens for both kinds writes it as one of IPv6."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(isinstance(known, IPv6Address) and known.ipv4_mapped or known)


def home_of(address: str) -> str:
    """The address itself, or of IPv6 the network of one household; what is no address stays as it is."""
    try:
        known = ip_address(plain_address(address))
    except ValueError:
        return address
    return str(ip_network((known, _HOME), strict=False)) if isinstance(known, IPv6Address) else str(known)


def from_this_machine(address: str, headers: Mapping[str, Any]) -> bool:
    """Whether a program on this very machine asks; what a proxy passed on does not, whatever its address says."""
    return address in _LOOPBACK and not any(name in headers for name in _PASSED_ON)


def elsewhere(scope: Mapping[str, Any]) -> str:
    """The address of whoever opens a socket, as the server tells it; empty for this machine itself."""
    address = str((scope.get("client") or ("",))[0])
    return "" if address in _LOOPBACK else address


def _counted(request: HttpRequest, what: str) -> tuple[Refusal | None, int]:
    """The machine itself shares no address with visitors: of its programs only the account is counted."""
    person = str(request.user.pk) if request.user.is_authenticated else ""
    own = from_this_machine(request.META.get("REMOTE_ADDR", ""), request.headers)
    return why_not_again(what, person=person, address="" if person and own else address_of(request))
