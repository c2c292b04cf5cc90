"""What holds for every answer, whoever gives it? Policies of content and of caches, and errors in their own shape."""

from collections.abc import Callable

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext_lazy as _

from civic.refusals import Refusal

DESK_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "form-action": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "base-uri": [NONE],
}


# Wagtail ships inline scripts and styles, public pages do not.
class DeskPolicyMiddleware:
    """Answers under /desk/ carry DESK_POLICY in place of the public one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/desk/"):
            response._csp_replace = DESK_POLICY  # type: ignore[attr-defined]  # read by django-csp
        return response


class PersonalMiddleware:
    """What is answered to a session is kept by no cache on the way, and looked at again by the browser's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-cache"
        return response


ERRORS = {
    404: Refusal("not_found", _("There is no such thing here."), 404),
    405: Refusal("not_allowed", _("This address takes no such request."), 405),
    413: Refusal("too_large", _("The request is larger than this site takes."), 413),
}


class ErrorShapeMiddleware:
    """Errors for programs are `{code, text}` even where the framework answered; a bare 405 becomes a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(("/api/", "/live/")) and request.path != "/live/":  # that one is a page
            return self._for_programs(request, response)
        if response.status_code == 405 and not response.content and request.method != "HEAD":
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def _for_programs(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        refusal = ERRORS.get(response.status_code)
        if refusal is None or response.get("Content-Type", "").startswith("application/json"):
            return response
        with override(get_language_from_request(request)):
            answer = JsonResponse({"code": refusal.code, "text": str(refusal.text)}, status=refusal.status)
        if "Allow" in response:
            answer["Allow"] = response["Allow"]
        return answer
