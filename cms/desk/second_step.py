"""Has this session shown a second step of late? Whoever works at the desk is led to one before it opens."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from civic.people.proof import age_of_step, idle_at_desk, note_at_desk, where_to_show
from civic.people.rules import why_not_enter_desk
from civic.refusals import Refusal

_ALWAYS: Final = frozenset({"wagtailadmin_login", "wagtailadmin_logout"})
_BEATS: Final = frozenset({"wagtailadmin_editing_sessions:ping", "wagtailadmin_editing_sessions:release"})
_NEVER_REPEATED: Final = "desk-checks"  # what is typed there is in no page
_TOKEN: Final = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


def second_step_first(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hold back the staff until their second step was shown; Wagtail itself holds back everybody else."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        session, user = request.session, request.user
        if _view_name(request) in _ALWAYS or not user.has_perm("wagtailadmin.access_admin"):
            return view(request, *args, **kwargs)
        refusal = why_not_enter_desk(user, age=age_of_step(session, user), idle=idle_at_desk(session, user))
        if refusal is not None:
            return _lead_on(request, refusal)
        if not _asked_by_the_page(request):
            note_at_desk(session, user)
        return view(request, *args, **kwargs)

    return opened


def _lead_on(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if refusal.code == "factor_missing":
        messages.warning(request, str(refusal.text))
        return redirect("mfa_index")
    if refusal.code == "factor_run_out":
        return _once_more(request, refusal)
    if refusal.code == "factor_not_shown":
        return redirect(where_to_show(request, _wanted(request)))
    return render(request, "cms/desk/refused.html", {"messages": ()}, status=refusal.status)


def _once_more(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A page that was asked for comes after the step; a form that was sent waits with its words in the browser."""
    if request.method != "POST":
        if not _asked_by_the_page(request):
            messages.warning(request, str(refusal.text))
        return redirect(where_to_show(request, _wanted(request)))
    match = request.resolver_match
    kept = match is None or match.namespace != _NEVER_REPEATED
    said = [(name, word) for name, words in request.POST.lists() for word in words if name != _TOKEN] if kept else []
    shown = {"messages": (), "refusal": refusal, "show": where_to_show(request, _wanted(request)), "kept": kept}
    return render(request, "cms/desk/once_more.html", shown | {"said": said}, status=refusal.status)


def _asked_by_the_page(request: HttpRequest) -> bool:
    """A page that nobody looks at still loads its pictures and says that it is open: that is nobody's presence."""
    fetched = request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
    return _view_name(request) in _BEATS or (request.method != "POST" and fetched)


def _wanted(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")


def _view_name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
