"""Do two guests write from two networks? One person who drops the cookie is not two witnesses."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import cache
from django.utils.crypto import salted_hmac

KEPT = 24 * 3600  # seconds
HOME = 64  # bits of an IPv6 address that one household holds


def network_of(address: str) -> str:
    """A keyed digest of the network an address lies in; empty for what is no address."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    near = ip_network((known, HOME), strict=False) if isinstance(known, IPv6Address) else known
    return salted_hmac("faults.networks", str(near), algorithm="sha256").hexdigest()


def from_another(fault: str, network: str) -> bool:
    """Whether a guest wrote of the fault from another network before; the first one is remembered for a day."""
    key = f"faults:first:{fault}"
    if not network or cache.add(key, network, KEPT):
        return False
    first = cache.get(key)
    return first is not None and first != network
