"""By which accounts of others can a visitor come in, as a template lists them?"""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from django import template
from django.http import Http404

from livinglab.settings.signing_in import IDENTITY
from livinglab.signing_in.other_accounts import ways_in

register = template.Library()


@register.simple_tag(takes_context=True)
def ways(context: dict[str, Any]) -> list[Any]:
    """The providers that the environment names: none, and the page shows nothing of this."""
    return ways_in(context["request"])


@register.simple_tag(takes_context=True)
def following(context: dict[str, Any]) -> str:
    """Where a visitor wanted to go before signing in, if it is a page of ours; empty otherwise."""
    return get_next_redirect_url(context["request"]) or ""


@register.simple_tag(takes_context=True)
def identity_provider(context: dict[str, Any]) -> Any:
    """The provider that says who somebody is, or None."""
    request = context["request"]
    try:
        return get_adapter(request).get_provider(request, IDENTITY)
    except Http404:
        return None
