"""How is a route asked? Things for its address, words for its form, so that nothing but the right to it decides."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.walk.visitors import Visitor

PROGRAMS = ("api/v1/", "ingest/")
AGAIN = ("/accounts/reauthenticate/", "/accounts/2fa/reauthenticate/", "/accounts/2fa/webauthn/reauthenticate/")
SIGN_IN = ("/accounts/login/", "/desk/login/", *AGAIN)
_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
ANY = {"uuid": "00000000-0000-4000-8000-000000000001"}


@dataclass(frozen=True)
class Ask:
    """`path` fills the address, `form` is posted; `at` stands for an address that is written as a pattern.

    `script`: asked as the page's own script asks, which wants data and no page.
    """

    path: Mapping[str, Any] = field(default_factory=dict)
    form: Mapping[str, Any] = field(default_factory=dict)
    at: str = ""
    script: bool = False


def address(route: str, ask: Ask) -> str:
    """The route with its parts filled in; a part that nobody names is 1, or what passes for one."""
    return ask.at or "/" + _PART.sub(lambda part: str(ask.path.get(part[2], ANY.get(part[1], 1))), route)


def send(visitor: Visitor, method: str, route: str, ask: Ask) -> HttpResponse:
    """One request. Programs come with a key and JSON; at the desk as a script, so that a refusal is a 403."""
    path = address(route, ask)
    if route.startswith(PROGRAMS):
        client, body = visitor.program(), {"data": json.dumps(dict(ask.form)), "content_type": "application/json"}
    else:
        client, body = visitor.browser(), {"data": dict(ask.form)}
    script = ask.script or route.startswith("desk/")
    headers = {"X-Requested-With": "XMLHttpRequest"} if script else {}
    return _call(client, method, path, body, headers)


def opened(response: HttpResponse, *, loosely: bool) -> bool:
    """Was the visitor let in? `loosely`: whatever came of it, they were not turned away."""
    if response.status_code in (301, 302) and response["Location"].partition("?")[0].startswith(SIGN_IN):
        return False
    if loosely:
        return response.status_code not in (401, 403, 405)
    return response.status_code < 400


def _call(client: Client, method: str, path: str, body: dict[str, Any], headers: dict[str, str]) -> HttpResponse:
    """GET without a body, POST with the form, any other method with the form as JSON."""
    if method == "GET":
        return client.get(path, headers=headers)  # type: ignore[return-value]  # the client's own response is one
    if method == "POST":
        return client.post(path, headers=headers, **body)  # type: ignore[return-value]  # as above
    data = json.dumps(body["data"], default=str)
    return client.generic(method, path, data, "application/json", headers=headers)  # type: ignore[return-value]  # as above
