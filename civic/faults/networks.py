"""Do two guests write from two networks? One person who drops the cookie is not two witnesses.

A fault knows the network of its first guest as long as nobody has confirmed it: `Fault.first_network`.
"""

from ipaddress import IPv6Address, ip_address, ip_network

from django.utils.crypto import salted_hmac

HOME = 64  # bits of an IPv6 address that one household holds


def network_of(address: str) -> str:
    """A keyed digest of the network an address lies in; empty for what is no address."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    near = ip_network((known, HOME), strict=False) if isinstance(known, IPv6Address) else known
    return salted_hmac("faults.networks", str(near), algorithm="sha256").hexdigest()


def at_fault(fault: str, network: str) -> str:
    """The digest once more, for one fault alone: nobody can see that one guest wrote of two. Empty for an empty one."""
    return salted_hmac("faults.networks.first", f"{fault} {network}", algorithm="sha256").hexdigest() if network else ""
