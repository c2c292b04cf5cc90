"""Which kinds of page are there? One address of each, for the checks that hold for all."""

import re
from collections.abc import Iterator
from typing import Any

from tests.journeys.walking import sign_in
from tests.live import Site

SIGNED_OUT = {
    "home": "/",
    "door of a district": "/seongdong/",
    "door of a district with little": "/guro/",
    "list": "/proposals/",
    "list narrowed to nothing": "/proposals/?q=%EC%97%86%EB%8A%94%EB%82%B1%EB%A7%90",
    "open proposal": "state=open",
    "proposal in review": "state=dept_review",
    "answered proposal": "state=adopted",
    "late answers": "/overdue/",
    "story": "/story/",
    "lamps of a district": "/live/",
    "lamps of a dong": "/live/?dong=1153052000",
    "faults": "/faults/",
    "faults narrowed to nothing": "/faults/?district=11530&state=rejected&category=wire",
    "fault": "fault/",
    "trouble with a known fault": "fault/me-too/",
    "repair that mended nothing": "repaired/not-mended/",
    "lamp": "/devices/11200-19-12-20/",
    "plate of a lamp": "/l/11200-19-12-20/",
    "plate nobody knows": "/l/11200-00-00-00/",
    "search by plate": "/l/?plate=19-12",
    "votes": "/votes/",
    "open vote": "/votes/demo-open/",
    "vote to come": "/votes/demo-future/",
    "result of a vote": "/votes/demo-closed/result/",
    "result to come": "/votes/demo-open/result/",
    "pilots": "/pilots/",
    "pilots of a stage with none": "/pilots/?stage=planned",
    "pilot that was expanded": "/pilots/a/",
    "running pilot": "/pilots/d/",
    "rules": "/policy/",
    "who may do what": "/policy/roles/",
    "departments": "/departments/",
    "departments of a district": "/departments/?district=11200",
    "department with teams": "/departments/11200.safety.roads/",
    "department with categories": "/departments/11200.safety.roads.lights/",
    "privacy policy": "/privacy/",
    "text to agree to": "/privacy/place/",
    "text to agree to, earlier version": "/privacy/terms/1/",
    "account erased": "/privacy/left/",
    "sign in": "/accounts/login/",
    "sign in by mail": "/accounts/login/code/",
    "sign up": "/accounts/signup/",
    "sign up with an account elsewhere": "/accounts/with/town/",
    "sign in with an account elsewhere": "/accounts/oidc/town/login/",
    "younger than 14": "/accounts/younger/",
    "back without signing in": "/accounts/3rdparty/login/cancelled/",
    "back with nothing": "/accounts/3rdparty/login/error/",
    "forgotten password": "/accounts/password/reset/",
    "demonstration's mail": "/demo/mail/",
    "components": "/styleguide/",
    "nothing there": "/proposals/P-2026-999999/",
}
SIGNED_IN = {
    "home": "/",
    "write": "/proposals/new/",
    "ballot": "/votes/demo-open/",
    "own page": "/me/",
    "identity check": "/me/verification/",
    "own data": "/me/privacy/",
    "own details": "/me/details/",
    "no text has changed": "/me/consents/",
    "keys": "/me/tokens/",
    "change of address": "/accounts/email/",
    "change of password": "/accounts/password/change/",
    "second step": "/accounts/2fa/",
    "is it you, by password": "/accounts/2fa/webauthn/add/",
    "passkeys": "/accounts/2fa/webauthn/",
    "signed in where": "/accounts/sessions/",
    "accounts elsewhere": "/accounts/3rdparty/",
    "sign out": "/accounts/logout/",
    "open proposal": "state=open",
}
OFFICIAL = {
    "answer": "answer",
    "refusal of a fault": "fault/acts/reject/",
    "fault handed on": "fault/acts/transfer/",
    "second step that is there": "/accounts/2fa/",
    "is it you, by code": "/accounts/2fa/reauthenticate/",
}
LANGUAGES = ("", "/en")


def address(page: Any, site: Site, path: str) -> str:
    """A path, or the newest proposal in a state, or the newest fault nobody has taken on, or one that is repaired."""
    if path.startswith("/"):
        return path
    if path.startswith("fault/"):
        newest = re.search(r"/faults/F-\d+-\d+/", page.request.get(f"{site.url}/faults/?state=received").text())
        assert newest, "the demonstration has no new fault"
        return newest.group() + path.removeprefix("fault/")
    if path.startswith("repaired/"):
        done = page.request.get(f"{site.url}/faults/?state=done").text()
        mended = re.search(r'"fault:(F-\d+-\d+)" data-live-state="repaired"', done)
        assert mended, "the demonstration has no repaired fault"
        return f"/faults/{mended[1]}/{path.removeprefix('repaired/')}"
    state = "dept_review" if path == "answer" else path.partition("=")[2]
    found = page.request.get(f"{site.url}/api/v1/proposals?state={state}&district=11200").json()["items"][0]["id"]
    return f"/proposals/{found}/answer/" if path == "answer" else f"/proposals/{found}/"


def in_language(path: str, prefix: str) -> str:
    """Plates in the street have one address for both languages."""
    if not path.startswith("/l/"):
        return prefix + path
    return f"{path}{'&' if '?' in path else '?'}lang={prefix.removeprefix('/') or 'ko'}"


def addresses(site: Site, chromium: Any, foreign: set[str] | None = None) -> Iterator[tuple[str, Any, str]]:
    """Every kind of page in both languages: (name, page of whoever reads it, address), not opened yet.

    Whatever asks another host is put in `foreign`: the context listens before it has a page, so that nothing the first
    one asks is missed.
    """
    own = (f"{site.url}/", "data:", "blob:")
    for who, pages in (("", SIGNED_OUT), ("resident2", SIGNED_IN), ("official", OFFICIAL)):
        context = chromium.new_context(locale="ko-KR", viewport={"width": 1280, "height": 800})
        if foreign is not None:
            context.on("request", lambda asked: None if asked.url.startswith(own) else foreign.add(asked.url))
        page = context.new_page()
        if who:
            sign_in(page, site, who)
        for name, path in pages.items():
            found = address(page, site, path)
            for prefix in LANGUAGES:
                yield f"{name} {prefix or '/ko'} {who}", page, site.url + in_language(found, prefix)
        context.close()
