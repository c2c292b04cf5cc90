"""Has this session shown a second step, and where does whoever has not go to show it?"""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest


def was_shown(request: HttpRequest) -> bool:
    """Was a passkey, a code of the app or a recovery code part of this session?"""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def where_to_show(request: HttpRequest, then: str) -> str:
    """The page for a code, or the one for a passkey where the person has nothing else; never the password's."""
    ways = get_adapter(request).get_reauthentication_methods(request.user)
    page = next(way["url"] for way in ways if way["id"].startswith("mfa_reauthenticate"))
    return f"{page}?{urlencode({'next': then})}"
