"""What does a page of allauth answer to somebody who was too quick? The same form, as it was typed, and a sentence."""

from typing import Any, Final

from allauth.account.adapter import get_adapter
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve
from django.views.generic import FormView

# Pages whose form needs nothing that their view finds out on the way; the others answer with a page of their own.
FORMS: Final = frozenset(
    {
        "account_change_password",
        "account_email",
        "account_login",
        "account_reauthenticate",
        "account_reset_password",
        "account_set_password",
        "account_signup",
    }
)


def too_often(request: HttpRequest) -> HttpResponse:
    """handler429: allauth calls it in place of the view, before or while the view judges the form."""
    page = _page(request)
    if page is None or request.method != "POST":
        return render(request, "429.html", status=429)
    form = page.get_form()
    form._errors, form.cleaned_data = ErrorDict(), {}  # not judged: that would be the try that is one too many
    form.add_error(None, get_adapter().validation_error("rate_limited"))
    answer: HttpResponse = page.render_to_response(page.get_context_data(form=form), status=429)
    return answer


def _page(request: HttpRequest) -> Any:
    """The view behind the address, where it is one of FORMS."""
    found = resolve(request.path_info)
    made = getattr(found.func, "view_class", None)
    if found.url_name not in FORMS or made is None or not issubclass(made, FormView):
        return None
    view = made()
    view.setup(request, *found.args, **found.kwargs)
    return view
