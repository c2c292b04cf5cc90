"""Does every answer carry the wall's promises? Pages, the desk, files, programs' answers, errors."""

import re

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from livinglab.content_policy import DESK, FILES, PERMISSIONS, PUBLIC, Policy
from tests.mailed import LOGIN, PASSWORD
from tests.making import make_fault, make_lamp, make_person, make_proposal
from tests.pilots import make_running
from tests.signing import signed_in
from tests.voting import make_open

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
PAGES = [
    "/",
    "/en/",
    "/proposals/",
    "/overdue/",
    "/policy/",
    "/policy/roles/",
    "/departments/",
    "/privacy/terms/",
    "/accounts/younger/",
    "/accounts/2fa/authenticate/",
    "/accounts/2fa/webauthn/login/",
    "/votes/",
    "/pilots/",
    "/faults/",
    "/live/",
    "/l/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/demo/mail/",
    "/styleguide/",
    "/robots.txt",
    "/healthz",
    "/readyz",
    "/api/v1/proposals",
    "/api/v1/openapi.json",
    "/live/snapshot",
    "/nothing/here/",
    "/api/v1/nothing",
]


def parsed(policy: str) -> dict[str, set[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {words[0]: set(words[1:]) for words in parts}


def meant(policy: Policy) -> dict[str, set[str]]:
    return {name: set() if value is True else set(value) for name, value in policy.items()}


def hold(answer, policy: Policy) -> None:
    assert parsed(answer["Content-Security-Policy"]) == meant(policy)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Permissions-Policy"] == PERMISSIONS


@pytest.mark.parametrize("path", PAGES)
def test_page_for_everybody_carries_the_public_policy(path):
    answer = Client().get(path)
    hold(answer, PUBLIC)
    assert answer["X-Frame-Options"] == "DENY"


def test_pages_of_things_carry_the_public_policy_signed_in_or_out():
    pilot, round, fault, lamp, proposal = make_running(), make_open(), make_fault(), make_lamp(), make_proposal()
    paths = [
        f"/proposals/{proposal.code}/",
        f"/votes/{round.slug}/",
        f"/pilots/{pilot.slug}/",
        f"/faults/{fault.code}/",
        f"/devices/{lamp.tag}/",
        f"/l/{lamp.tag}/",
        "/me/",
        "/me/tokens/",
        "/me/verification/",
        "/me/privacy/",
        "/me/export/",
        "/me/leave/",
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/sessions/",
        "/accounts/3rdparty/",
        "/proposals/new/",
    ]
    for client in (Client(), signed_in(make_person())):
        for path in paths:
            hold(client.get(path), PUBLIC)


def test_public_policy_lets_nothing_in_line_run_and_nothing_from_elsewhere():
    sources = {source for values in PUBLIC.values() for source in values}
    assert sources == {"'none'", "'self'", "data:"}
    assert [name for name, values in PUBLIC.items() if "data:" in values] == ["img-src"]
    assert PUBLIC["default-src"] == PUBLIC["frame-ancestors"] == PUBLIC["base-uri"] == ["'none'"]


def test_the_desk_has_a_policy_of_its_own_that_evaluates_nothing_and_asks_nobody_else():
    sources = {source for values in DESK.values() for source in values}
    assert sources == {"'none'", "'self'", "'unsafe-inline'", "data:", "blob:"}
    assert [name for name, values in DESK.items() if "'unsafe-inline'" in values] == ["script-src", "style-src"]
    hold(Client().get("/desk/"), DESK)


@pytest.mark.parametrize(
    "path",
    ["", "proposals/", "faults/", "pilots/", "rounds/", "policies/", "pages/", "images/", "roles/", "departments/"],
)
def test_page_of_the_desk_carries_the_desks_policy(admin, path):
    hold(admin.get(f"/desk/{path}"), DESK)


def test_uploaded_file_can_do_nothing_whatever_it_is(tmp_path, settings):
    from django.core.files.base import ContentFile

    name = default_storage.save("photos/aa/evil.svg", ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg'/>"))
    answer = Client().get(f"/media/{name}")
    assert answer.status_code == 200
    hold(answer, FILES)
    assert "sandbox" in answer["Content-Security-Policy"]


def test_the_proxy_serves_uploads_under_the_same_policy(repository):
    conf = (repository / "site" / "deploy" / "nginx.conf").read_text()
    [policy] = re.findall(r'add_header Content-Security-Policy "([^"]*)"', conf)
    assert parsed(policy) == meant(FILES)


def test_refused_request_carries_the_public_policy():
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@example.org", "password": "x"})
    assert answer.status_code == 403
    hold(answer, PUBLIC)


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites():
    person, client = make_person(password=PASSWORD), Client()
    client.get(LOGIN)
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    session, token = client.cookies["sessionid"], client.cookies["csrftoken"]
    assert (session["httponly"], session["samesite"], session["path"], session["domain"]) == (True, "Lax", "/", "")
    assert (token["samesite"], token["domain"]) == ("Lax", "")
