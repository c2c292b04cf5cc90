"""What programs ask of every site is answered shortly, without a page and without the database."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

CLOSED = ["/desk/", "/accounts/", "/me/", "/faults/mine/", "/api/"]


def test_robots_allows_all_but_what_is_somebodys_own(client: Client) -> None:
    answer = client.get("/robots.txt")
    lines = answer.content.decode().splitlines()
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert lines[0] == "User-agent: *"
    assert lines[1:] == [f"Disallow: {before}{path}" for before in ("", "/en") for path in CLOSED] + ["Allow: /"]


def test_favicon_leads_to_the_mark_the_pages_link_to(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (302, "/static/front/icon.svg")
    assert "max-age=86400" in answer["Cache-Control"]


def test_robots_and_favicon_answer_only_to_reading(client: Client, db: None) -> None:
    assert {client.post(path).status_code for path in ("/robots.txt", "/favicon.ico")} == {405}


def test_security_txt_names_whom_to_tell_and_until_when_it_holds(client: Client, settings: Any) -> None:
    settings.SECURITY_CONTACT = "security@example.org"
    lines = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())
    assert lines["Contact"] == "mailto:security@example.org"
    assert datetime.fromisoformat(lines["Expires"]) > datetime.now(UTC) + timedelta(days=30)
