"""What programs ask of every site is answered shortly, without a page and without the database."""

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
