"""What holds for every answer, whoever gives it? Policies of content and of caches, and errors in their own shape."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext_lazy as _

from civic.limits.figures import MINUTE
from civic.refusals import Refusal

from .content_policy import HEADERS, OF_PATHS

OF_ACCOUNTS = ("/accounts/", "/en/accounts/")
FOR_PROGRAMS = ("/api/", "/live/", "/ingest/")
OF_ALLAUTH = ("form", "verify_form", "webauthn_form")  # under what names its pages show what was sent


class WallMiddleware:
    """Every answer carries the same few promises to browsers, and a 429 says when to come back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if response.status_code == 429:
            response.headers.setdefault("Retry-After", str(getattr(request, "retry_after", MINUTE)))
        return response


class ContentPolicyMiddleware:
    """The desk and uploaded files have policies of their own; all else has the public one of the settings."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for path, policy in OF_PATHS.items():
            if request.path.startswith(path):
                response._csp_config = policy  # type: ignore[attr-defined]  # read by django-csp
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


class HeadMiddleware:
    """HEAD is answered as GET would be (RFC 9110 section 9.3.2); the server leaves the body out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "HEAD" and request.path.startswith("/api/"):  # Django's own views know it
            request.method = "GET"
        return self.get_response(request)


ERRORS = {
    404: Refusal("not_found", _("There is no such thing here."), 404),
    405: Refusal("not_allowed", _("This address takes no such request."), 405),
    413: Refusal("too_large", _("The request is larger than this site takes."), 413),
    500: Refusal("broken", _("Something broke on our side. Wait a moment and try once more."), 500),
}


class ErrorShapeMiddleware:
    """Errors for programs are `{code, text}` even where the framework answered; a bare 405 becomes a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(FOR_PROGRAMS) and request.path != "/live/":  # that one is a page
            return self._for_programs(request, response)
        if response.status_code == 405 and not response.content and request.method != "HEAD":
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        """A form of allauth's that was filled in wrongly is a 422, as every form of ours is; allauth says 200."""
        if request.method == "POST" and request.path_info.startswith(OF_ACCOUNTS) and response.status_code == 200:
            shown = response.context_data or {}
            if any(getattr(shown.get(name), "errors", None) for name in OF_ALLAUTH):
                response.status_code = 422
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
