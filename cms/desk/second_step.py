"""Has this session shown a second step? Whoever works at the desk is led to one before it opens."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from civic.people.proof import was_shown, where_to_show
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


def _lead_on(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if refusal.code == "factor_missing":
        messages.warning(request, str(refusal.text))
        return redirect("mfa_index")
    if refusal.code == "factor_not_shown":
        return redirect(where_to_show(request, _wanted(request)))
    return render(request, "cms/desk/refused.html", {"messages": ()}, status=refusal.status)


def _wanted(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
