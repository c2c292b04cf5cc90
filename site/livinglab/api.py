"""The JSON API as one document: who may call, and how errors read."""

import json
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyCookie
from ninja.utils import check_csrf

from civic.faults.api.devices import router as devices
from civic.faults.api.faults import router as faults
from civic.ledger.api import problem
from civic.people.actions import act_by_token
from civic.pilots.api import router as pilots
from civic.proposals.api import router as proposals
from civic.refusals import Refusal, Refused
from civic.voting.api import router as votes

SIGN_IN = Refusal("sign_in", _("Sign in, or send a token from your page."), 401)
NO_CSRF = Refusal("csrf", _("The form has expired. Load the page again and repeat."), 403)
NOT_JSON = Refusal("not_json", _("The body must be JSON."), 400)
UNWRITABLE = Refusal("unwritable", _("A text holds a character that nobody can read. Please take it out."), 422)
TOO_LARGE = Refusal("too_large", _("The request is larger than this site takes."), 413)
MISFIT = _("This value does not fit.")
MISFITS = {  # by a part of the validator's own code for what is wrong
    "missing": _("This value is missing."),
    "pattern": MISFIT,
    "string": _("This value must be a text."),
    "list": _("This value must be a list."),
    "literal": _("This value is not one of the choices."),
    "enum": _("This value is not one of the choices."),
    "int": _("This value must be a whole number."),
    "greater_than": _("This number is too small."),
    "less_than": _("This number is too large."),
}
NOT_FOUND = Refusal("not_found", _("There is no such thing here."), 404)
ONCE = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string"},
    "description": "The same key with the same body does the thing once, and is answered as the first time.",
}
_SECONDS = {"schema": {"type": "integer"}, "description": "seconds until the next request is taken"}
OF_STATUS = {429: {"Retry-After": _SECONDS}, 401: {"WWW-Authenticate": {"schema": {"type": "string"}}}}


class Texts(Parser):
    """JSON whose texts a database can keep: no NUL, no half of a character."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        told = super().parse_body(request)
        if not _keepable(told):
            named = [name for name, value in told.items() if not _keepable(value)] if isinstance(told, dict) else []
            raise Refused(replace(UNWRITABLE, field=named[0] if named and _keepable(named[0]) else "body"))
        return told


def _keepable(told: Any) -> bool:
    """Written out once more, every text in it is UTF-8 and shows a NUL as an escape."""
    words = json.dumps(told, ensure_ascii=False)
    try:
        words.encode()
    except UnicodeEncodeError:
        return False
    return "\\u0000" not in words.replace("\\\\", "")


class Token(HttpBearer):
    """`Authorization: Bearer`, from /me/tokens/ or `livinglab token`."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        person = act_by_token(raw=token)
        if person is not None:
            request.user = person
        return person


class Session(APIKeyCookie):
    """The session of a signed-in browser, with its CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME  # as programs find it in the description

    def __call__(self, request: HttpRequest) -> Any:
        if not request.user.is_authenticated:
            return None
        if check_csrf(request):
            raise Refused(NO_CSRF)
        return request.user

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return request.user


class Described(NinjaAPI):
    """Its description tells of every call what the calls themselves do not name."""

    def get_openapi_schema(self, **more: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**more)
        for calls in schema["paths"].values():
            for method, call in calls.items():
                for status, answer in call["responses"].items():
                    answer |= {"headers": OF_STATUS[status]} if status in OF_STATUS else {}
                if method == "post":
                    call.setdefault("parameters", []).append(ONCE)
        return schema


api = Described(
    title="Living lab",
    version="1",
    urls_namespace="api",
    docs_url=None,  # the page that ships with the library asks another host
    auth=[Token(), Session()],
    parser=Texts(),
)
api.add_router("", proposals)
api.add_router("", pilots)
api.add_router("", votes)
api.add_router("", faults)
api.add_router("", devices)


def _answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return api.create_response(request, problem(request, refusal), status=refusal.status)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return _answer(request, error.refusal)


@api.exception_handler(AuthenticationError)
def nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    answer = _answer(request, SIGN_IN)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return _answer(request, NOT_FOUND)


@api.exception_handler(ValidationError)
def misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The first thing that does not fit, by its field, in our words."""
    first = error.errors[0]
    named = [part for part in first["loc"] if isinstance(part, str) and part not in ("body", "query", "path")]
    kind = next((kind for kind in MISFITS if kind in first["type"]), "")
    return _answer(request, Refusal("invalid", MISFITS.get(kind, MISFIT), 422, named[0] if named else "body"))


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return _answer(request, TOO_LARGE)


@api.exception_handler(HttpError)
def other(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The library's own complaint: a body that is not JSON, or whose texts nobody can keep."""
    if isinstance(error.__cause__, Refused):
        return _answer(request, error.__cause__.refusal)
    return _answer(request, NOT_JSON if error.status_code == 400 else Refusal("refused", MISFIT, error.status_code))
