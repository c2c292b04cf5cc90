"""How does a JSON write answer? Once per Idempotency-Key, and a refusal as code and sentence."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language_from_request, override
from ninja import Field, Schema, Status

from civic.clocks.now import database_now
from civic.refusals import Refusal, Refused

from .receipts import answer_once, fingerprint


class Problem(Schema):
    """Why a request did nothing: a code for programs, a sentence for people, the field it is about, if it is one."""

    code: str
    text: str
    field: str | None = Field(None, exclude_if=lambda field: field is None)


PROBLEMS: Any = frozenset({400, 401, 403, 404, 409, 413, 422, 429})


def problem(request: HttpRequest, refusal: Refusal) -> dict[str, str]:
    """A refusal in the language that the request asks for."""
    with override(get_language_from_request(request)):
        body = {"code": refusal.code, "text": str(refusal.text)}
    return body | {"field": refusal.field} if refusal.field else body


def write_once(request: HttpRequest, write: Callable[[], tuple[int, Any]]) -> Status[Any]:
    """Run `write`, or repeat the answer it gave under the same Idempotency-Key. Refusals are answers too."""

    def answered() -> tuple[int, Any]:
        with override(get_language_from_request(request)):  # sentences with figures are made where they are refused
            try:
                return write()
            except Refused as refused:
                return refused.refusal.status, problem(request, refused.refusal)

    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return Status(*answered())
    print_ = fingerprint(request.method or "", request.path, request.body)
    (status, body), _again = answer_once(person=request.user, key=key, print_=print_, at=database_now(), write=answered)
    return Status(status, body)
