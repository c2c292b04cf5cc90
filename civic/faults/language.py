"""In which language does a page without a language in its address speak? The reader's choice, else the browser's."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override

View = Callable[..., HttpResponse]
ASKED = "lang"  # in the query: the two links of the page's head
YEAR = 365 * 24 * 3600  # seconds a choice is remembered


def in_own_language(view: View) -> View:
    """Run the view in the language asked for by `?lang=`, else that of the cookie, else that of Accept-Language.

    Plates in the street carry one address for everybody, so their pages have none for each language.
    """

    @wraps(view)
    def speaking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        known = dict(settings.LANGUAGES)
        asked = request.GET.get(ASKED, "")
        language = asked if asked in known else get_language_from_request(request)
        request.LANGUAGE_CODE = language
        request.speaks_by_query = True  # type: ignore[attr-defined]  # read by the shell's language links
        with override(language):
            response = view(request, *args, **kwargs)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        if asked in known:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, asked, max_age=YEAR, samesite="Lax")
        return response

    return speaking
