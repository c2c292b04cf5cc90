"""Has this session shown a second step? Whoever works at the desk is led to one before it opens."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from civic.people.rules import why_not_enter_desk
from civic.refusals import Refusal

_ALWAYS: Final = frozenset({"wagtailadmin_login", "wagtailadmin_logout"})


def second_step_first(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hold back the staff until their second step was shown; Wagtail itself holds back everybody else."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in _ALWAYS or not request.user.has_perm("wagtailadmin.access_admin"):
            return view(request, *args, **kwargs)
        refusal = why_not_enter_desk(request.user, shown=was_shown(request))
        return view(request, *args, **kwargs) if refusal is None else _lead_on(request, refusal)

    return opened


def was_shown(request: HttpRequest) -> bool:
    """Was a passkey, a code of the app or a recovery code part of this session?"""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def _lead_on(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if refusal.code == "factor_missing":
        messages.warning(request, str(refusal.text))
        return redirect("mfa_index")
    if refusal.code == "factor_not_shown":
        return redirect(f"{_where_to_show(request)}?{urlencode({'next': _wanted(request)})}")
    return render(request, "cms/desk/refused.html", {"messages": ()}, status=refusal.status)


def _where_to_show(request: HttpRequest) -> str:
    """The page for a code, or the one for a passkey where the person has nothing else; never the password's."""
    ways = get_adapter(request).get_reauthentication_methods(request.user)
    return next(way["url"] for way in ways if way["id"].startswith("mfa_reauthenticate"))


def _wanted(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
