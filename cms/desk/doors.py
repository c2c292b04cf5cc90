"""Which addresses of the desk may the office open? Its own lists; Wagtail's areas belong to those who edit pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import permission_denied

from .access import person_at
from .branches import edits_at

# What everybody at the desk has: one's turn, one's account, and what the pages themselves ask for.
COMMON: Final = frozenset(
    {
        "wagtailadmin_home",
        "wagtailadmin_account",
        "wagtailadmin_dismissibles",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_sprite",
        "wagtail.admin.views.home.default",  # says that there is no such page
    }
)
OURS: Final = "desk-"  # our own lists ask for the right to each record themselves


def editors_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse a view of Wagtail's to the staff who edit no pages there; Wagtail itself asks everybody else."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        match = request.resolver_match
        name = match.view_name if match else ""
        if name in COMMON or name.startswith(OURS) or not request.user.has_perm("wagtailadmin.access_admin"):
            return view(request, *args, **kwargs)
        if match and edits_at(person_at(request), match):
            return view(request, *args, **kwargs)
        refusal: HttpResponse = permission_denied(request)
        return refusal

    return opened
